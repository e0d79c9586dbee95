package io.cleave.policies.memory;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.plan.WrappingPlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A planner whose plans fit the machines' memory, whatever it knows of memory itself. If what it
 * would have a server do now does not fit there, the server is left out and the planner is asked
 * again; if in the end the device is asked too much, or nobody is left, {@link FittingCut} decides.
 * Plans for other rates that do not fit are dropped from the table; a hedge that the device has no
 * room for is, too.
 *
 * <p><b>Complexity:</b> the planner's, at most once for each server and once more, and {@link
 * PlanNeed} for each plan of its tables; nothing where no machine has a limit.
 */
public final class WithinMemory extends WrappingPlanner {
  private WithinMemory(Planner planner) {
    super(planner);
  }

  /** The planner, held to the limits that it sees. */
  public static Planner around(Planner planner) {
    return new WithinMemory(planner);
  }

  /**
   * @throws TooLittleMemory if no plan fits
   */
  @Override
  public PlanTable plan(Observation observation) {
    if (Fit.unlimited(observation)) {
      return wrapped().plan(observation);
    }
    List<Integer> nodes = new ArrayList<>(); // that are still asked, in the observation's numbers
    for (int node = 1; node <= observation.servers().size(); node++) {
      nodes.add(node);
    }
    Observation seen = observation;
    while (true) {
      PlanTable table = wrapped().plan(seen);
      int now = table.indexAt(table.uplink(seen).secondsPerBit());
      Optional<PlanTable> fitted = Fit.fitted(table, now, seen);
      if (fitted.isPresent()) {
        return fitted.get().renumbered(numbers(nodes)).orElseThrow();
      }
      List<Integer> small = Fit.tooSmall(table.entries().get(now).plan(), seen);
      List<Integer> left = without(nodes, small);
      if (left.size() == nodes.size() || left.isEmpty()) {
        return FittingCut.of(observation);
      }
      nodes = left;
      seen = observation.with(servers(observation, nodes));
    }
  }

  private static List<Integer> without(List<Integer> nodes, List<Integer> places) {
    List<Integer> left = new ArrayList<>();
    for (int place = 1; place <= nodes.size(); place++) {
      if (!places.contains(place)) {
        left.add(nodes.get(place - 1));
      }
    }
    return left;
  }

  private static List<ServerState> servers(Observation observation, List<Integer> nodes) {
    return nodes.stream().map(observation::server).toList();
  }

  private static int[] numbers(List<Integer> nodes) {
    int[] numbers = new int[nodes.size() + 1];
    Arrays.setAll(numbers, place -> place == Stage.DEVICE ? Stage.DEVICE : nodes.get(place - 1));
    return numbers;
  }

  @Override
  protected Planner wrapping(Planner other) {
    return around(other);
  }
}
