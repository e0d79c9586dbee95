package io.cleave.policies.plan;

import io.cleave.policies.graph.LayerSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Layers that one node runs in one go, or several share.
 *
 * @param node {@link #DEVICE}, or the place of a server in {@link Observation#servers()} plus one;
 *     of a stage that is shared the device, which hands out and joins
 * @param layers not empty
 * @param sharing who makes which piece of what the layers make; empty if the node runs them alone
 */
public record Stage(int node, LayerSet layers, Optional<Sharing> sharing) {
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
  }

  /** Layers that one node runs. */
  public Stage(int node, LayerSet layers) {
    this(node, layers, Optional.empty());
  }

  /** Layers of which several machines make a piece each. */
  public static Stage shared(LayerSet layers, Sharing sharing) {
    return new Stage(DEVICE, layers, Optional.of(sharing));
  }

  /** The same with other layers, or the same layers by other numbers. */
  public Stage with(LayerSet newLayers) {
    return new Stage(node, newLayers, sharing);
  }

  /** The same with other numbers for the machines; {@code numbers[DEVICE]} is the device's. */
  public Stage renumbered(int[] numbers) {
    return new Stage(numbers[node], layers, sharing.map(shared -> shared.renumbered(numbers)));
  }

  /** Every node that takes part, each once. */
  public List<Integer> nodes() {
    IntStream helpers =
        sharing.stream().flatMap(shared -> shared.shares().stream()).mapToInt(Sharing.Share::node);
    return IntStream.concat(IntStream.of(node), helpers).distinct().boxed().toList();
  }
}
