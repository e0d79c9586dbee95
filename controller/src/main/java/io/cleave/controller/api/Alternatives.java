package io.cleave.controller.api;

import io.cleave.controller.control.Sentence;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.ExactTable;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What would have been possible when a decision was made, worked out from what was seen then. */
final class Alternatives {
  private static final int INFLUENCES = 3;

  private final Observation seen;
  private final Planner planner;

  /**
   * @param planner that decided, or one like it
   */
  Alternatives(Observation seen, Planner planner) {
    this.seen = seen;
    this.planner = planner;
  }

  List<Alternative> of(Decision decision) {
    List<Alternative> all = new ArrayList<>();
    all.add(of("local", false, Plan.local(seen.graph())));
    for (int node = 1; node <= seen.servers().size(); node++) {
      String name = seen.server(node).node().name();
      all.add(of("all on " + name, false, Plan.split(seen.graph(), LayerSet.of(0), node)));
      Optional<Plan> split = bestSplit(node);
      split.ifPresent(plan -> all.add(of("best split with " + name, false, plan)));
    }
    addTable(all, decision);
    return all;
  }

  private void addTable(List<Alternative> all, Decision decision) {
    List<PlanTable.Entry> entries = decision.table().entries();
    for (int i = 0; i < entries.size(); i++) {
      Optional<Plan> plan = SeenNumbers.of(entries.get(i).plan(), decision.servers(), seen);
      if (plan.isPresent()) {
        String label = "table %d of %d".formatted(i + 1, entries.size());
        all.add(of(label, i == inForce(decision), plan.get()));
      }
    }
  }

  private int inForce(Decision decision) {
    return Sentence.uplink(new Verdict.Decided(decision, Optional.of(seen)))
        .map(rate -> decision.table().indexAt(rate.secondsPerBit()))
        .orElse(decision.table().entries().size() - 1);
  }

  private Alternative of(String label, boolean inForce, Plan plan) {
    Estimate estimate = CostModel.estimate(plan, seen);
    List<String> names = seen.servers().stream().map(server -> server.node().name()).toList();
    return new Alternative(
        label,
        inForce,
        StageView.of(plan, names),
        Numbers.finite(plan.hedge().delaySeconds()),
        Numbers.finite(estimate.seconds()),
        Alternative.Split.of(estimate.way()),
        Numbers.finite(estimate.energy().joules()),
        Numbers.finite(seen.power().computeWatts() * estimate.hedgeSeconds()),
        learned(plan),
        planner.influences(seen, node(plan), plan).stream().limit(INFLUENCES).toList());
  }

  private double learned(Plan plan) {
    return plan.isLocal() ? 0 : planner.learned(seen, node(plan), List.of(plan))[0];
  }

  /** The server that a plan leads to; of one without, any. */
  private static int node(Plan plan) {
    return plan.stages().stream().mapToInt(Stage::node).filter(n -> n > 0).findFirst().orElse(1);
  }

  /** The best plan that really splits, at the rate that was seen. */
  private Optional<Plan> bestSplit(int node) {
    ServerState server = seen.server(node);
    Observation alone = seen.with(List.of(server));
    Bandwidth up = server.link().up();
    return ExactTable.of(alone, 1).entries().stream()
        .filter(entry -> !entry.plan().isLocal() && entry.plan().near().size() > 1)
        .min(Comparator.comparingDouble(entry -> entry.seconds(up)))
        .map(entry -> SeenNumbers.renumbered(entry.plan(), new int[] {Stage.DEVICE, node}));
  }
}
