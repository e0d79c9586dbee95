package io.cleave.transport.json;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which stages of a plan are shared, beside the stages: a reader that knows nothing of it has the
 * device run them alone.
 */
final class SharingJson {
  private static final Handout[] HANDOUTS = Handout.values();
  private static final Piece.Kind[] KINDS = Piece.Kind.values();

  /** A stage's place among the plan's, and who makes which piece. */
  private record Shared(int stage, Sharing sharing) {}

  private SharingJson() {}

  static void write(FieldWriter to, List<Stage> stages) {
    List<Shared> shared =
        IntStream.range(0, stages.size())
            .boxed()
            .flatMap(i -> stages.get(i).sharing().map(who -> new Shared(i, who)).stream())
            .toList();
    if (!shared.isEmpty()) {
      to.objects("sharing", shared, WireLimits.STAGES, SharingJson::write);
    }
  }

  private static void write(FieldWriter to, Shared shared) {
    to.count("stage", shared.stage())
        .choice("handout", shared.sharing().handout())
        .choice("kind", shared.sharing().kind())
        .numberUnlessInfinite(
            "zerosAfterSeconds", shared.sharing().zerosAfterSeconds(), Range.ABOVE_0);
    to.objects("shares", shared.sharing().shares(), WireLimits.PIECES, SharingJson::write);
    if (!shared.sharing().rounds().isEmpty()) {
      to.objects("rounds", shared.sharing().rounds(), WireLimits.ROUNDS, SharingJson::write);
    }
  }

  private static void write(FieldWriter to, Round round) {
    to.layers("layers", round.layers());
    to.objects("pieces", round.pieces(), WireLimits.PIECES, SharingJson::write);
  }

  private static void write(FieldWriter to, Piece piece) {
    to.objects("strips", piece.strips(), WireLimits.AXES - 1, SharingJson::write);
  }

  private static void write(FieldWriter to, Sharing.Share share) {
    to.count("node", share.node());
    to.objects("strips", share.piece().strips(), WireLimits.AXES - 1, SharingJson::write);
  }

  private static void write(FieldWriter to, Strip strip) {
    to.count("axis", strip.axis())
        .count("from", strip.span().from())
        .count("to", strip.span().to());
  }

  /** The stages, shared as the plan says. */
  static List<Stage> read(Fields plan, List<Stage> stages) {
    if (!plan.has("sharing")) {
      return stages;
    }
    List<Stage> all = new ArrayList<>(stages);
    for (Shared shared : plan.objects("sharing", WireLimits.STAGES, SharingJson::readShared)) {
      if (shared.stage() >= all.size() || all.get(shared.stage()).sharing().isPresent()) {
        throw new IllegalArgumentException(
            "Each of a plan's %d stages is shared once at most, not stage %d."
                .formatted(all.size(), shared.stage()));
      }
      Stage alone = all.get(shared.stage());
      all.set(
          shared.stage(),
          new Stage(
              alone.node(), alone.layers(), Optional.of(shared.sharing()), alone.precision()));
    }
    return all;
  }

  private static Shared readShared(Fields from) {
    int stage = (int) from.count("stage", 1, WireLimits.STAGES - 1);
    Handout handout = from.choice("handout", HANDOUTS);
    Piece.Kind kind = from.choice("kind", KINDS);
    double zeros = from.numberOrInfinity("zerosAfterSeconds", Range.ABOVE_0);
    List<Sharing.Share> shares =
        from.objects("shares", WireLimits.PIECES, share -> readShare(share, kind));
    List<Round> rounds =
        from.has("rounds")
            ? from.objects("rounds", WireLimits.ROUNDS, SharingJson::readRound)
            : List.of();
    return from.built(
        () -> new Shared(stage, new Sharing(onBoard(shares, kind), handout, zeros, rounds)));
  }

  private static Round readRound(Fields from) {
    LayerSet layers = from.layers("layers");
    List<Piece> pieces = from.objects("pieces", WireLimits.PIECES, SharingJson::readPart);
    return from.built(() -> new Round(layers, pieces));
  }

  private static Piece readPart(Fields from) {
    List<Strip> strips = from.objects("strips", WireLimits.AXES - 1, SharingJson::readStrip);
    return from.built(() -> new Piece(strips));
  }

  /** Of checkered pieces the board is not written: they are all of it. */
  private static List<Sharing.Share> onBoard(List<Sharing.Share> shares, Piece.Kind kind) {
    return kind == Piece.Kind.CHECKERED ? Sharing.checkered(shares).shares() : shares;
  }

  private static Sharing.Share readShare(Fields from, Piece.Kind kind) {
    int node = (int) from.count("node", 0, WireLimits.SERVERS);
    List<Strip> strips = from.objects("strips", WireLimits.AXES - 1, SharingJson::readStrip);
    Piece.Kind alone = kind == Piece.Kind.CHECKERED ? Piece.Kind.PART : kind;
    return from.built(() -> new Sharing.Share(node, new Piece(strips, alone)));
  }

  private static Strip readStrip(Fields from) {
    int axis = (int) from.count("axis", 1, WireLimits.AXES - 1);
    long first = from.count("from", 0, WireLimits.PLACES);
    long end = from.count("to", 1, WireLimits.PLACES);
    return from.built(() -> new Strip(axis, new Span(first, end)));
  }
}
