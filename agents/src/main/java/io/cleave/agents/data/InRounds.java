package io.cleave.agents.data;

import io.cleave.agents.settings.HostPort;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a piece is made round by round, beside those of other machines.
 *
 * @param layers of each round
 * @param pieces of each round, by machine
 * @param machines where each is reached; empty for the device, which nobody calls
 * @param share place of the one that makes the piece
 */
public record InRounds(
    List<LayerSet> layers, List<List<Piece>> pieces, List<Optional<HostPort>> machines, int share) {
  static final int MOST_ROUNDS = 64;

  public InRounds {
    layers = List.copyOf(layers);
    pieces = pieces.stream().map(List::copyOf).toList();
    machines = List.copyOf(machines);
    if (layers.size() < 2 || layers.size() > MOST_ROUNDS || pieces.size() != layers.size()) {
      throw new IllegalArgumentException(
          "There are 2 to %d rounds, each with pieces, not %d with pieces of %d."
              .formatted(MOST_ROUNDS, layers.size(), pieces.size()));
    }
    if (share < 0 || share >= machines.size()) {
      throw new IllegalArgumentException(
          "A share is one of %d machines', not %d.".formatted(machines.size(), share));
    }
    Set<List<Integer>> axes = new HashSet<>();
    for (List<Piece> round : pieces) {
      round.forEach(piece -> axes.add(piece.axes()));
      boolean parts = round.stream().allMatch(piece -> piece.kind() == Piece.Kind.PART);
      if (round.size() != machines.size() || axes.size() != 1 || !parts) {
        throw new IllegalArgumentException(
            "In each round each of %d machines makes a part, all cut along the same axes, not %s."
                .formatted(machines.size(), round.size() > 8 ? round.size() : round));
      }
    }
  }

  /** The same as somebody else is told it. */
  public InRounds of(int other) {
    return new InRounds(layers, pieces, machines, other);
  }

  /**
   * Laid out for a network.
   *
   * @throws IllegalArgumentException if its layers cannot be made so
   */
  public Rounds in(DnnGraph graph) {
    return Rounds.of(graph, layers, pieces);
  }

  /** All layers of all rounds. */
  LayerSet all() {
    return layers.stream().reduce(LayerSet.of(), LayerSet::union);
  }
}
