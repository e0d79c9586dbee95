package io.cleave.policies;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Tries everything; right by construction, for small networks. */
public final class BruteForce {
  private BruteForce() {}

  /** Every set of layers that can run first: closed under predecessors, with the input. */
  public static List<LayerSet> downClosed(DnnGraph graph) {
    List<LayerSet> found = new ArrayList<>();
    BitSet near = new BitSet();
    near.set(0);
    grow(graph, near, 1, found);
    return found;
  }

  /** Every plan with one change of side: all local, and each first part with each server. */
  public static List<Plan> plans(Observation observation) {
    DnnGraph graph = observation.graph();
    List<Plan> plans = new ArrayList<>(List.of(Plan.local(graph)));
    List<LayerSet> nears = downClosed(graph);
    for (int node = 1; node <= observation.servers().size(); node++) {
      for (LayerSet near : nears) {
        if (near.size() < graph.size()) {
          plans.add(Plan.split(graph, near, node));
        }
      }
    }
    return plans;
  }

  /** The least predicted latency over {@link #plans}. */
  public static double bestSeconds(Observation observation) {
    return plans(observation).stream()
        .mapToDouble(plan -> CostModel.estimate(plan, observation).seconds())
        .min()
        .orElseThrow();
  }

  private static void grow(DnnGraph graph, BitSet near, int layer, List<LayerSet> found) {
    if (layer == graph.size()) {
      found.add(LayerSet.of(near));
      return;
    }
    grow(graph, near, layer + 1, found);
    boolean ready =
        graph.layer(layer).inputs().stream().allMatch(t -> near.get(graph.tensor(t).producer()));
    if (ready) {
      near.set(layer);
      grow(graph, near, layer + 1, found);
      near.clear(layer);
    }
  }
}
