package io.cleave.controller.api;

import io.cleave.controller.control.Sentence;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.ExactTable;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A plan that would have been possible, priced by the same model: all local, all on a server, the
 * best split with each server, and the entries of the planner's table. Worked out when somebody
 * asks, from what the planner saw.
 *
 * @param label for people
 * @param inForce true for the entry that holds at the rate that was seen
 * @param stages what it runs where
 * @param hedgeDelaySeconds after which the device carries on; absent for never
 * @param seconds to the first answer; absent if none ever comes
 * @param split where the offloaded way's time goes
 * @param joules from the device's battery; absent if there is no end of it
 */
record Alternative(
    String label,
    boolean inForce,
    List<StageView> stages,
    OptionalDouble hedgeDelaySeconds,
    OptionalDouble seconds,
    Split split,
    OptionalDouble joules) {
  /** Seconds; the uplink's are absent during an outage. */
  record Split(
      double device,
      double codec,
      OptionalDouble uplink,
      double queue,
      double remote,
      OptionalDouble downlink) {
    static Split of(Latency way) {
      return new Split(
          way.device(),
          way.codec(),
          Numbers.finite(way.uplink()),
          way.queue(),
          way.remote(),
          Numbers.finite(way.downlink()));
    }
  }

  /** Empty if no server was in reach, since then there was nothing to choose. */
  static List<Alternative> of(Verdict.Decided decided) {
    return decided.seen().map(seen -> of(decided.decision(), seen)).orElse(List.of());
  }

  private static List<Alternative> of(Decision decision, Observation seen) {
    List<Alternative> all = new ArrayList<>();
    all.add(of("local", false, Plan.local(seen.graph()), seen));
    for (int node = 1; node <= seen.servers().size(); node++) {
      String name = seen.server(node).node().name();
      all.add(of("all on " + name, false, Plan.split(seen.graph(), LayerSet.of(0), node), seen));
      Optional<Plan> split = bestSplit(seen, node);
      split.ifPresent(plan -> all.add(of("best split with " + name, false, plan, seen)));
    }
    addTable(all, decision, seen);
    return all;
  }

  private static void addTable(List<Alternative> all, Decision decision, Observation seen) {
    List<PlanTable.Entry> entries = decision.table().entries();
    for (int i = 0; i < entries.size(); i++) {
      Optional<Plan> plan = inNumbersOf(seen, entries.get(i).plan(), decision.servers());
      if (plan.isPresent()) {
        String label = "table %d of %d".formatted(i + 1, entries.size());
        all.add(of(label, i == inForce(decision, seen), plan.get(), seen));
      }
    }
  }

  private static int inForce(Decision decision, Observation seen) {
    return Sentence.uplink(new Verdict.Decided(decision, Optional.of(seen)))
        .map(rate -> decision.table().indexAt(rate.secondsPerBit()))
        .orElse(decision.table().entries().size() - 1);
  }

  private static Alternative of(String label, boolean inForce, Plan plan, Observation seen) {
    Estimate estimate = CostModel.estimate(plan, seen);
    List<String> names = seen.servers().stream().map(server -> server.node().name()).toList();
    return new Alternative(
        label,
        inForce,
        StageView.of(plan, names),
        Numbers.finite(plan.hedge().delaySeconds()),
        Numbers.finite(estimate.seconds()),
        Split.of(estimate.way()),
        Numbers.finite(estimate.energy().joules()));
  }

  /** The best plan that really splits, at the rate that was seen. */
  private static Optional<Plan> bestSplit(Observation seen, int node) {
    ServerState server = seen.server(node);
    Observation alone = seen.with(List.of(server));
    Bandwidth up = server.link().up();
    return ExactTable.of(alone, 1).entries().stream()
        .filter(entry -> !entry.plan().isLocal() && entry.plan().near().size() > 1)
        .min(Comparator.comparingDouble(entry -> entry.seconds(up)))
        .map(entry -> renumbered(entry.plan(), new int[] {Stage.DEVICE, node}));
  }

  private static Optional<Plan> inNumbersOf(Observation seen, Plan plan, List<String> servers) {
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

  private static Plan renumbered(Plan plan, int[] numbers) {
    List<Stage> stages = plan.stages().stream().map(stage -> stage.renumbered(numbers)).toList();
    return plan.with(stages);
  }
}
