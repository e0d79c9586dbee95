package io.cleave.controller.control;

import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision that names only the servers its plans use, numbered in the order of the site. A site
 * may have hundreds of servers; a device need not be told of those that it has nothing to do with.
 */
final class Compact {
  private final int[] numbers; // [node of the site] node of the decision
  private final List<String> names = new ArrayList<>();

  private Compact(Decision decision) {
    numbers = new int[decision.servers().size() + 1];
    for (PlanTable.Entry entry : decision.table().entries()) {
      entry.plan().stages().forEach(stage -> stage.nodes().forEach(node -> numbers[node] = 1));
    }
    numbers[Stage.DEVICE] = Stage.DEVICE;
    for (int node = 1; node < numbers.length; node++) {
      if (numbers[node] > 0) {
        names.add(decision.servers().get(node - 1));
        numbers[node] = names.size();
      }
    }
  }

  static Decision of(Decision decision) {
    Compact compact = new Compact(decision);
    return compact.names.size() == decision.servers().size()
        ? decision
        : new Decision(
            decision.agent(),
            decision.version(),
            compact.names,
            compact.table(decision.table()),
            decision.validUntil(),
            decision.grounds());
  }

  private PlanTable table(PlanTable table) {
    List<PlanTable.Entry> entries = table.entries().stream().map(this::entry).toList();
    return PlanTable.of(entries, table.breakpoints());
  }

  private PlanTable.Entry entry(PlanTable.Entry entry) {
    List<Stage> stages =
        entry.plan().stages().stream().map(stage -> stage.renumbered(numbers)).toList();
    return new PlanTable.Entry(entry.plan().with(stages), entry.fixedSeconds(), entry.uplinkBits());
  }
}
