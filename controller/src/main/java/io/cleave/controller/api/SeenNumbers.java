package io.cleave.controller.api;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Optional;

/** Plans of a decision, which numbers servers its own way, in the numbers of what was seen. */
final class SeenNumbers {
  private SeenNumbers() {}

  /**
   * The plan by the numbers of the observation; empty if a server of it was not seen.
   *
   * @param servers names for the plan's node numbers
   */
  static Optional<Plan> of(Plan plan, List<String> servers, Observation seen) {
    int[] numbers = new int[servers.size() + 1];
    for (int node = 1; node <= seen.servers().size(); node++) {
      int place = servers.indexOf(seen.server(node).node().name());
      numbers[place + 1] = place < 0 ? Stage.DEVICE : node;
    }
    boolean all =
        plan.stages().stream()
            .flatMap(stage -> stage.nodes().stream())
            .allMatch(node -> node == Stage.DEVICE || numbers[node] > 0);
    return all ? Optional.of(renumbered(plan, numbers)) : Optional.empty();
  }

  static Plan renumbered(Plan plan, int[] numbers) {
    return plan.with(plan.stages().stream().map(stage -> stage.renumbered(numbers)).toList());
  }
}
