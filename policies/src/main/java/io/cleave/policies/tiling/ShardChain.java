package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.tiling.ShardSchemes.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network as a chain of layers with weights that can be divided, and what lies between them.
 *
 * @param links in their order, all layers but the input
 */
record ShardChain(List<Link> links) {
  private static final int LEAST = 2; // a tensor of one channel stays whole

  /**
   * A layer with weights and what follows it channel by channel; or layers that stay whole.
   *
   * @param layers all
   * @param whole what each machine makes some channels of; empty if the layers stay whole
   * @param sum the layer with weights alone, if summands of it can be made
   * @param pair all, and the next link's layer with weights, if summands of both can be made
   */
  record Link(
      LayerSet layers, Optional<Funnel> whole, Optional<Funnel> sum, Optional<Funnel> pair) {
    private static Link whole(LayerSet layers) {
      return new Link(layers, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** In values; only of a link that can be divided. */
    Shard shard(DnnGraph graph) {
      LayerSet weights = LayerSet.of(layers.next(0));
      return new Shard(
          elements(graph, graph.layer(layers.next(0)).inputs().get(0)),
          elements(graph, Footprint.output(graph, layers)),
          elements(graph, Footprint.output(graph, weights)),
          sum.isPresent(),
          pair.isPresent());
    }

    private static long elements(DnnGraph graph, int tensor) {
      return graph.tensor(tensor).shape().elements();
    }
  }

  /** The chain of a network; time O(p layers) for p positions. */
  static ShardChain of(DnnGraph graph) {
    List<LayerSet> steps = steps(graph);
    List<LayerSet> grouped = new ArrayList<>();
    for (LayerSet step : steps) {
      int last = grouped.size() - 1;
      boolean follows = last >= 0 && isFollower(graph, grouped.get(last), step);
      if (follows) {
        grouped.set(last, grouped.get(last).union(step));
      } else {
        grouped.add(step);
      }
    }
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < grouped.size(); i++) {
      Optional<LayerSet> next =
          i + 1 < grouped.size() ? Optional.of(grouped.get(i + 1)) : Optional.empty();
      links.add(link(graph, grouped.get(i), next));
    }
    return new ShardChain(List.copyOf(links));
  }

  private static List<LayerSet> steps(DnnGraph graph) {
    List<LayerSet> steps = new ArrayList<>();
    List<Integer> positions = LegalCuts.positions(graph);
    int last = graph.size() - 1;
    for (int i = 0; i < positions.size(); i++) {
      int end = i + 1 < positions.size() ? positions.get(i + 1) : last;
      if (end > positions.get(i)) {
        steps.add(LayerSet.range(positions.get(i) + 1, end + 1));
      }
    }
    return steps;
  }

  private static boolean isFollower(DnnGraph graph, LayerSet group, LayerSet step) {
    return hasWeights(graph, group)
        && !hasWeights(graph, step)
        && isCut(graph, group.union(step))
        && isCut(graph, step);
  }

  /**
   * True if the first layer sums over the channels of its input, as only layers with weights do.
   */
  private static boolean hasWeights(DnnGraph graph, LayerSet layers) {
    OptionalInt sums = graph.layer(layers.next(0)).division().sums();
    return sums.isPresent() && sums.getAsInt() == Strip.CHANNELS;
  }

  private static boolean isCut(DnnGraph graph, LayerSet layers) {
    return Footprint.obstacle(graph, layers, Strip.CHANNELS).isEmpty()
        && graph.tensor(Footprint.output(graph, layers)).shape().dim(Strip.CHANNELS) >= LEAST;
  }

  private static Link link(DnnGraph graph, LayerSet layers, Optional<LayerSet> next) {
    if (!hasWeights(graph, layers) || !isCut(graph, layers)) {
      return Link.whole(layers);
    }
    LayerSet weights = LayerSet.of(layers.next(0));
    Optional<LayerSet> pair =
        next.filter(behind -> hasWeights(graph, behind))
            .map(behind -> layers.union(LayerSet.of(behind.next(0))));
    return new Link(
        layers,
        Optional.of(Funnel.of(graph, layers)),
        sum(graph, weights),
        pair.flatMap(run -> sum(graph, run)));
  }

  private static Optional<Funnel> sum(DnnGraph graph, LayerSet run) {
    if (Footprint.sumObstacle(graph, run).isPresent()) {
      return Optional.empty();
    }
    Funnel funnel = Funnel.of(graph, run);
    return funnel.length(Strip.CHANNELS, true) >= LEAST ? Optional.of(funnel) : Optional.empty();
  }
}
