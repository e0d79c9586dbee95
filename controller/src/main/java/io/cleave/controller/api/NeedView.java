package io.cleave.controller.api;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.memory.Need;
import io.cleave.policies.memory.PlanNeed;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan needs on one machine.
 *
 * @param node {@code device}, or a server's name
 * @param weightBytes of the slices that it runs
 * @param tensorBytes alive at the worst moment
 */
record NeedView(String node, long weightBytes, long tensorBytes) {
  /**
   * Of every machine that takes part, the device first.
   *
   * @param servers names for the plan's node numbers
   */
  static List<NeedView> of(DnnGraph graph, Plan plan, List<String> servers) {
    List<NeedView> views = new ArrayList<>();
    List<Need> needs = PlanNeed.of(graph, plan);
    for (int node = 0; node < needs.size(); node++) {
      Need need = needs.get(node);
      if (!need.equals(Need.NONE)) {
        String name = node == Stage.DEVICE ? "device" : servers.get(node - 1);
        views.add(new NeedView(name, need.weightBytes(), need.tensorBytes()));
      }
    }
    return views;
  }
}
