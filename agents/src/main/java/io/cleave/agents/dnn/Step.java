package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.List;
import java.util.Optional;

/**
 * Layers that are run in one go, and the exit that they make, if frames may leave there. Several
 * steps are run one after the other, until a frame leaves.
 *
 * @param piece of the one tensor that the layers make, if only a piece of it is wanted
 * @param precision with which numbers; eight bits only on the device itself
 */
public record Step(
    LayerSet layers, Optional<Gate> gate, Optional<Piece> piece, Precision precision) {
  public Step {
    if (gate.isPresent() && piece.isPresent()) {
      throw new IllegalArgumentException("Nobody leaves at a piece of an exit.");
    }
    if (piece.isPresent() && layers.contains(0)) {
      throw new IllegalArgumentException("Layer 0, the input, is not made in pieces.");
    }
  }

  /** In single precision. */
  public Step(LayerSet layers, Optional<Gate> gate, Optional<Piece> piece) {
    this(layers, gate, piece, Precision.FLOAT32);
  }

  /** All that the layers make. */
  public Step(LayerSet layers, Optional<Gate> gate) {
    this(layers, gate, Optional.empty());
  }

  /** Layers without an exit. */
  public static Step of(LayerSet layers) {
    return new Step(layers, Optional.empty());
  }

  /** A piece of what the layers make. */
  public static Step piece(LayerSet layers, Piece piece) {
    return new Step(layers, Optional.empty(), Optional.of(piece));
  }

  /** What it takes on a machine with these times; a piece its share. */
  public double seconds(DnnGraph graph, LayerTimes times) {
    return piece
        .map(made -> Making.of(graph, layers, made).seconds(times))
        .orElseGet(() -> times.run(layers) * Stage.factor(graph, layers, precision));
  }

  /** All layers of some steps. */
  public static LayerSet layers(List<Step> steps) {
    return steps.stream().map(Step::layers).reduce(LayerSet.of(), LayerSet::union);
  }

  /** The layers that are run up to where frames leave; all if they leave nowhere. */
  public static LayerSet layersUntil(List<Step> steps, Optional<Gate> left) {
    LayerSet run = LayerSet.of();
    for (Step step : steps) {
      run = run.union(step.layers());
      if (left.isPresent() && step.gate().equals(left)) {
        return run;
      }
    }
    return run;
  }

  /** Of only the input there is nothing to run. */
  public boolean hasWork() {
    return layers.size() > 1 || !layers.contains(0);
  }
}
