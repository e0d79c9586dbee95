package io.cleave.policies.plan;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Layers that one node runs in one go, or several share.
 *
 * @param node {@link #DEVICE}, or the place of a server in {@link Observation#servers()} plus one;
 *     of a stage that is shared the device, which hands out and joins
 * @param layers not empty
 * @param sharing who makes which piece of what the layers make; empty if the node runs them alone
 * @param precision with which numbers; eight bits only alone on the device, from the input on
 */
public record Stage(int node, LayerSet layers, Optional<Sharing> sharing, Precision precision) {
  public static final int DEVICE = 0;

  public Stage {
    if (node < 0) {
      throw new IllegalArgumentException("A node must be at least 0, not %d.".formatted(node));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A stage must run at least one layer.");
    }
    if (sharing.isPresent() && (node != DEVICE || layers.contains(0))) {
      throw new IllegalArgumentException(
          "What is shared is handed out by the device and is not the input, but node %d shares %s."
              .formatted(node, layers));
    }
    if (precision == Precision.INT8
        && (node != DEVICE || sharing.isPresent() || !layers.contains(0))) {
      throw new IllegalArgumentException(
          "Only the device's first layers, the input among them, are run in eight bits, and not in pieces; but node %d runs %s."
              .formatted(node, layers));
    }
    sharing.ifPresent(shared -> checkRounds(layers, shared.rounds()));
  }

  private static void checkRounds(LayerSet layers, List<Round> rounds) {
    LayerSet rest = layers;
    for (Round round : rounds) {
      LayerSet after = rest.minus(round.layers());
      if (after.size() + round.layers().size() != rest.size() || after.isEmpty()) {
        throw new IllegalArgumentException(
            "Rounds run layers of their stage, each once, and leave some for the last; of %s are left %s before %s."
                .formatted(layers, rest, round.layers()));
      }
      rest = after;
    }
  }

  /** In single precision. */
  public Stage(int node, LayerSet layers, Optional<Sharing> sharing) {
    this(node, layers, sharing, Precision.FLOAT32);
  }

  /** Layers that one node runs. */
  public Stage(int node, LayerSet layers) {
    this(node, layers, Optional.empty());
  }

  /** Layers of which several machines make a piece each. */
  public static Stage shared(LayerSet layers, Sharing sharing) {
    return new Stage(DEVICE, layers, Optional.of(sharing));
  }

  /** The device's first layers, in eight bits. */
  public static Stage eightBits(LayerSet layers) {
    return new Stage(DEVICE, layers, Optional.empty(), Precision.INT8);
  }

  /** The same with other layers, or the same layers by other numbers. */
  public Stage with(UnaryOperator<LayerSet> change) {
    return new Stage(
        node, change.apply(layers), sharing.map(shared -> shared.with(change)), precision);
  }

  /**
   * How its machines make it round by round; empty if all is made in one go.
   *
   * @throws IllegalArgumentException if that cannot be done
   */
  public Optional<Rounds> rounds(DnnGraph graph) {
    return sharing
        .filter(shared -> !shared.rounds().isEmpty())
        .map(shared -> rounds(graph, shared));
  }

  private Rounds rounds(DnnGraph graph, Sharing shared) {
    List<LayerSet> runs = new ArrayList<>();
    List<List<Piece>> pieces = new ArrayList<>();
    LayerSet rest = layers;
    for (Round round : shared.rounds()) {
      runs.add(round.layers());
      pieces.add(round.pieces());
      rest = rest.minus(round.layers());
    }
    runs.add(rest);
    pieces.add(shared.shares().stream().map(Sharing.Share::piece).toList());
    return Rounds.of(graph, runs, pieces);
  }

  /** The same with other numbers for the machines; {@code numbers[DEVICE]} is the device's. */
  public Stage renumbered(int[] numbers) {
    return new Stage(
        numbers[node], layers, sharing.map(shared -> shared.renumbered(numbers)), precision);
  }

  /**
   * What its layers take, if one machine runs them.
   *
   * @param times of that machine, in single precision
   * @throws IllegalArgumentException if nobody has measured them in the precision that is asked for
   */
  public double seconds(DnnGraph graph, LayerTimes times) {
    return times.run(layers) * factor(graph, layers, precision);
  }

  /** By which layers take longer (above 1) than in single precision. */
  public static double factor(DnnGraph graph, LayerSet layers, Precision precision) {
    return switch (precision) {
      case FLOAT32 -> 1;
      case INT8 ->
          graph
              .eightBits(layers)
              .map(EightBits::speedFactor)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s does not say what layers %s take in eight bits. Maybe it was never quantised: ./cleave model quantised does so."
                              .formatted(graph.name(), layers)));
    };
  }

  /** Every node that takes part, each once. */
  public List<Integer> nodes() {
    IntStream helpers =
        sharing.stream().flatMap(shared -> shared.shares().stream()).mapToInt(Sharing.Share::node);
    return IntStream.concat(IntStream.of(node), helpers).distinct().boxed().toList();
  }
}
