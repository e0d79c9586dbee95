package io.cleave.transport.json;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who shares a random stage in which pieces, some of them in rounds. */
record RandomSharing(RandomGenerator random) {
  Sharing of(LayerSet layers, int servers) {
    return inRounds(layers, sharing(servers));
  }

  /** Some of what can be made in rounds is, each of half the layers that are left. */
  private Sharing inRounds(LayerSet layers, Sharing sharing) {
    Piece first = sharing.shares().get(0).piece();
    boolean can = first.kind() == Piece.Kind.PART && first.strips().get(0).axis() >= 2;
    if (!can || sharing.handout() != Handout.ASSIGNED || random.nextBoolean()) {
      return sharing;
    }
    List<Piece> pieces = sharing.shares().stream().map(Sharing.Share::piece).toList();
    List<Round> rounds = new ArrayList<>();
    LayerSet rest = layers;
    while (rest.size() > 1 && rounds.size() < 3) {
      LayerSet half = LayerSet.of(rest.stream().limit(rest.size() / 2).toArray());
      rounds.add(new Round(half, pieces));
      rest = rest.minus(half);
    }
    return Sharing.inRounds(sharing.shares(), rounds);
  }

  private Sharing sharing(int servers) {
    List<Sharing.Share> shares = new ArrayList<>();
    boolean tiles = random.nextBoolean();
    Piece.Kind tile = random.nextBoolean() ? Piece.Kind.PART : Piece.Kind.APART;
    Piece.Kind strip = random.nextBoolean() ? Piece.Kind.PART : Piece.Kind.SUMMAND;
    int axis = 1 + random.nextInt(2);
    long next = 0;
    for (int node = random.nextInt(servers + 1); node >= 0; node--) {
      long end = next + 1 + random.nextInt(100);
      Span span = new Span(next, end);
      Piece piece =
          tiles
              ? new Piece(List.of(new Strip(2, span), new Strip(3, new Span(0, 7))), tile)
              : new Piece(List.of(new Strip(axis, span)), strip);
      shares.add(new Sharing.Share(node, piece));
      next = end;
    }
    if (tiles && tile == Piece.Kind.PART && random.nextBoolean()) {
      return Sharing.checkered(shares);
    }
    boolean zeros = tiles && tile == Piece.Kind.APART && random.nextBoolean();
    double after = zeros ? 1e-3 * (1 + random.nextInt(10_000)) : Double.POSITIVE_INFINITY;
    return new Sharing(shares, random.nextBoolean() ? Handout.ASSIGNED : Handout.STOLEN, after);
  }
}
