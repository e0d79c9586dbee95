package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.control.IdleTimes;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans worked out for the machines of a scenario, each once: by identity for planners that return
 * the same plans again, by equality for those that build them anew. Bounded; forgets the oldest.
 */
final class PlanBook {
  private static final int BOUND = 1024;

  private final Observation unloaded;
  private final IdentityHashMap<Plan, CompiledPlan> same = new IdentityHashMap<>();
  private final Map<Plan, CompiledPlan> equal =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Plan, CompiledPlan> eldest) {
          return size() > BOUND;
        }
      };
  private CompiledPlan last;

  /**
   * @param idle shared by all books of a run
   */
  PlanBook(Scenario scenario, IdleTimes idle) {
    LinkState link = new LinkState(Bandwidth.mbps(1), Bandwidth.mbps(1), 0, RateError.NONE);
    List<ServerState> servers =
        scenario.servers().stream()
            .map(each -> new ServerState(node(each.machine(), scenario, idle), link))
            .toList();
    this.unloaded =
        new Observation(
            scenario.graph(),
            node(scenario.device(), scenario, idle),
            scenario.device().power(),
            servers,
            scenario.workload().demand(),
            scenario.exits().map(ExitStudy::calibration));
    this.last = new CompiledPlan(Plan.local(scenario.graph(), unloaded.exits()), unloaded);
    equal.put(last.plan, last);
  }

  /** Machines without load or queue. */
  Observation unloaded() {
    return unloaded;
  }

  /** Everything on the device. */
  CompiledPlan local() {
    return of(Plan.local(unloaded.graph(), unloaded.exits()));
  }

  @SuppressWarnings("ReferenceEquality") // identity only saves time; equality decides
  CompiledPlan of(Plan plan) {
    if (plan == last.plan) {
      return last;
    }
    CompiledPlan known = same.get(plan);
    if (known == null) {
      known = equal.computeIfAbsent(plan, missing -> new CompiledPlan(missing, unloaded));
      if (same.size() >= BOUND) {
        same.clear();
      }
      same.put(plan, known);
    }
    last = known;
    return known;
  }

  private static NodeState node(Machine machine, Scenario scenario, IdleTimes idle) {
    LayerTimes times = idle.of(machine.profile(), scenario.graph());
    return new NodeState(machine.name(), times, 0, machine.memoryBytes());
  }
}
