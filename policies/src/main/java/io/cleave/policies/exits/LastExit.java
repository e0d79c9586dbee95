package io.cleave.policies.exits;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Influence;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Trunk;
import io.cleave.policies.plan.WrappingPlanner;
import java.util.List;
import java.util.Optional;

/**
 * Lets a planner that knows nothing of exits plan for a network that has some: it sees the trunk,
 * the network that ends at the last exit, and its plans become plans of the whole.
 */
public final class LastExit extends WrappingPlanner {
  private Optional<Known> last = Optional.empty();

  /** The trunk of a network that was seen before. */
  private record Known(DnnGraph whole, Trunk trunk) {}

  private LastExit(Planner planner) {
    super(planner);
  }

  /** The planner itself if it knows exits. */
  public static Planner around(Planner planner) {
    return planner.knowsExits() ? planner : new LastExit(planner);
  }

  @Override
  public PlanTable plan(Observation observation) {
    if (observation.exits().isEmpty()) {
      return wrapped().plan(observation);
    }
    Trunk trunk = trunk(observation);
    PlanTable table = wrapped().plan(trunk.observation(observation));
    List<PlanTable.Entry> entries =
        table.entries().stream()
            .map(
                entry ->
                    new PlanTable.Entry(
                        trunk.inWhole(entry.plan()), entry.fixedSeconds(), entry.uplinkBits()))
            .toList();
    return table.with(entries);
  }

  /** Nothing of networks with exits: what is learned is learned of whole runs. */
  @Override
  public double[] learned(Observation seen, int node, List<Plan> plans) {
    return seen.exits().isEmpty() ? super.learned(seen, node, plans) : new double[plans.size()];
  }

  @Override
  public List<Influence> influences(Observation seen, int node, Plan plan) {
    return seen.exits().isEmpty() ? super.influences(seen, node, plan) : List.of();
  }

  @Override
  protected Planner wrapping(Planner other) {
    return around(other);
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // one network object a device; another is only slower
  private Trunk trunk(Observation observation) {
    DnnGraph whole = observation.graph();
    if (last.isEmpty() || last.get().whole() != whole) {
      last = Optional.of(new Known(whole, Trunk.of(whole, observation.exits().orElseThrow())));
    }
    return last.get().trunk();
  }
}
