package io.cleave.policies.memory;

import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which plans the machines have the memory for. */
public final class Fit {
  private Fit() {}

  /** True if no machine has a limit, so that every plan fits. */
  public static boolean unlimited(Observation seen) {
    boolean unlimited = seen.device().unlimited();
    for (int node = 1; node <= seen.servers().size(); node++) {
      unlimited &= seen.node(node).unlimited();
    }
    return unlimited;
  }

  /** Nodes that a plan asks for more than they have, ascending; time as {@link PlanNeed} says. */
  public static List<Integer> tooSmall(Plan plan, Observation seen) {
    if (unlimited(seen)) {
      return List.of();
    }
    List<Need> needs = PlanNeed.of(seen.graph(), plan);
    List<Integer> nodes = new ArrayList<>();
    for (int node = 0; node < needs.size(); node++) {
      if (needs.get(node).bytes() > seen.node(node).memoryBytes()) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** True if every machine has what the plan needs of it. */
  public static boolean fits(Plan plan, Observation seen) {
    return tooSmall(plan, seen).isEmpty();
  }

  /** True if all plans of a table fit. */
  public static boolean fits(PlanTable table, Observation seen) {
    return unlimited(seen) || table.entries().stream().allMatch(entry -> fits(entry.plan(), seen));
  }

  /** The plan, or without its hedge if only that asks too much; empty if it does not fit. */
  static Optional<Plan> fitted(Plan plan, Observation seen) {
    List<Integer> small = tooSmall(plan, seen);
    if (small.isEmpty()) {
      return Optional.of(plan);
    }
    return small.equals(List.of(Stage.DEVICE)) && plan.hedge().armed()
        ? Optional.of(plan.with(Hedge.NEVER)).filter(bare -> fits(bare, seen))
        : Optional.empty();
  }

  /**
   * What fits of a table, if the plan at a rate does. Where one does not fit the plan for the next
   * faster link holds on, or that for the next slower one if there is none; neither sends more than
   * the table meant to at some rate.
   *
   * @param place of the entry that must fit
   */
  static Optional<PlanTable> fitted(PlanTable table, int place, Observation seen) {
    List<PlanTable.Entry> entries = table.entries();
    if (fitted(entries.get(place).plan(), seen).isEmpty()) {
      return Optional.empty();
    }
    List<PlanTable.Entry> kept = new ArrayList<>();
    List<Double> breakpoints = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < entries.size(); i++) {
      PlanTable.Entry entry = entries.get(i);
      Optional<Plan> plan = fitted(entry.plan(), seen);
      same &= plan.equals(Optional.of(entry.plan()));
      if (plan.isPresent()) {
        if (!kept.isEmpty()) {
          breakpoints.add(table.breakpoints()[i - 1]);
        }
        kept.add(new PlanTable.Entry(plan.get(), entry.fixedSeconds(), entry.uplinkBits()));
      }
    }
    double[] ascending = breakpoints.stream().mapToDouble(Double::doubleValue).toArray();
    return Optional.of(same ? table : PlanTable.of(kept, ascending));
  }
}
