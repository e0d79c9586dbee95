package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works a shared stage out for given machines. */
public final class SharedHop {
  private SharedHop() {}

  /**
   * What each machine is given, does and gives back; time O(pieces x layers).
   *
   * @throws IllegalArgumentException if the stage is not shared or cannot be divided so, its pieces
   *     are not all of what it makes, or a node is unknown
   */
  public static Hop.Shared of(Stage stage, Observation observation, Codec codec) {
    Sharing sharing =
        stage
            .sharing()
            .orElseThrow(
                () -> new IllegalArgumentException("%s is not shared.".formatted(stage.layers())));
    for (Sharing.Share share : sharing.shares()) {
      if (share.node() > observation.servers().size()) {
        throw new IllegalArgumentException(
            "The plan names node %d, but only %d servers are known."
                .formatted(share.node(), observation.servers().size()));
      }
    }
    Funnel funnel = Funnel.of(observation.graph(), stage.layers());
    checkWhole(funnel, sharing.whole());
    Optional<Rounds> rounds = stage.rounds(observation.graph());
    return rounds.isPresent()
        ? inRounds(rounds.get(), sharing, observation, codec)
        : of(funnel, sharing, observation, codec);
  }

  /** The same for a run that is laid out in rounds. */
  public static Hop.Shared inRounds(
      Rounds rounds, Sharing sharing, Observation observation, Codec codec) {
    List<Integer> nodes = sharing.shares().stream().map(Sharing.Share::node).toList();
    int last = rounds.count() - 1;
    List<Hop.Round> all = new ArrayList<>();
    for (int round = 0; round <= last; round++) {
      List<Double> seconds = new ArrayList<>();
      for (int share = 0; share < nodes.size(); share++) {
        LayerTimes times = observation.node(nodes.get(share)).times();
        seconds.add(rounds.footprint(round, share).seconds(times));
      }
      List<Hop.Halo> handed =
          rounds.halos(round).stream()
              .map(halo -> handed(halo, observation.graph(), codec))
              .toList();
      all.add(new Hop.Round(seconds, handed));
    }
    List<Hop.Branch> branches = new ArrayList<>();
    for (int share = 0; share < nodes.size(); share++) {
      int place = share;
      double seconds = all.stream().mapToDouble(round -> round.seconds().get(place)).sum();
      boolean here = nodes.get(share) == Stage.DEVICE;
      double factor = here ? 0 : codec.sizeFactor();
      branches.add(
          new Hop.Branch(
              nodes.get(share),
              factor * rounds.footprint(0, share).inputBits(),
              seconds,
              factor * rounds.footprint(last, share).outputBits()));
    }
    return new Hop.Shared(branches, sharing.handout(), List.of(), all);
  }

  private static Hop.Halo handed(Rounds.Halo halo, DnnGraph graph, Codec codec) {
    return new Hop.Halo(halo.from(), halo.to(), codec.sizeFactor() * halo.bits(graph));
  }

  /** The same for a run that is laid out, and pieces that are all of what it makes. */
  public static Hop.Shared of(
      Funnel funnel, Sharing sharing, Observation observation, Codec codec) {
    List<Hop.Branch> branches = new ArrayList<>();
    List<Hop.Reuse> reuses = new ArrayList<>();
    List<Piece> pieces = sharing.shares().stream().map(Sharing.Share::piece).toList();
    for (Sharing.Share share : sharing.shares()) {
      Making making = funnel.making(share.piece());
      if (!making.sources().isEmpty()) {
        Making alone = funnel.making(share.piece().as(Piece.Kind.PART));
        reuses.add(
            new Hop.Reuse(
                branches.size(),
                making.sources().stream().map(pieces::indexOf).toList(),
                branch(alone, share.node(), observation, codec)));
      }
      branches.add(branch(making, share.node(), observation, codec));
    }
    return new Hop.Shared(branches, sharing.handout(), reuses);
  }

  /** What a piece takes on one of the machines. */
  public static Hop.Branch branch(Making making, int node, Observation observation, Codec codec) {
    double seconds = making.seconds(observation.node(node).times());
    return node == Stage.DEVICE
        ? new Hop.Branch(node, 0, seconds, 0)
        : new Hop.Branch(
            node,
            codec.sizeFactor() * making.inputBits(),
            seconds,
            codec.sizeFactor() * making.outputBits());
  }

  /** The same for a piece that needs nothing of others. */
  public static Hop.Branch branch(
      Footprint footprint, int node, Observation observation, Codec codec) {
    double seconds = footprint.seconds(observation.node(node).times());
    return node == Stage.DEVICE
        ? new Hop.Branch(node, 0, seconds, 0)
        : new Hop.Branch(
            node,
            codec.sizeFactor() * footprint.inputBits(),
            seconds,
            codec.sizeFactor() * footprint.outputBits());
  }

  private static void checkWhole(Funnel funnel, Piece made) {
    for (Strip strip : made.strips()) {
      long length = funnel.length(strip.axis(), made.summed());
      if (strip.span().to() != length) {
        throw new IllegalArgumentException(
            "The pieces of layers %s end at %d, but there are %d places along axis %d."
                .formatted(funnel.run(), strip.span().to(), length, strip.axis()));
      }
    }
  }
}
