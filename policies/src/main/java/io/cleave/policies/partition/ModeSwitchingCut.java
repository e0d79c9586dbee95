package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;

/**
 * Cuts for latency as long as frames do not pile up, for throughput otherwise: DADS.
 *
 * <p>Source: Hu, Bao, Wang, Liu, "Dynamic Adaptive DNN Surgery for Inference Acceleration on the
 * Edge", INFOCOM 2019, the online loop: {@link MinCut} unless its busiest stage takes 1 / Q or more
 * at Q frames a second, then {@link BottleneckCut}.
 *
 * <p>Complexity: that of the two.
 *
 * <p>Assumes: as the two.
 *
 * <p>Differs: (1) if even the second plan's busiest stage takes 1 / Q or more the paper asks the
 * user for a lower frame rate; a planner cannot ask, so the plan stands and frames will queue; (2)
 * bandwidth is whatever the observation says, the paper probes it here.
 *
 * <p>Owned by one thread.
 */
public final class ModeSwitchingCut implements Planner {
  private final MinCut light = new MinCut();
  private final BottleneckCut heavy = new BottleneckCut();

  @Override
  public PlanTable plan(Observation observation) {
    PlanTable table = light.plan(observation);
    double longest = longestStage(table.entries().get(0).plan(), observation);
    return longest * observation.demand().framesPerSecond() < 1 ? table : heavy.plan(observation);
  }

  private static double longestStage(Plan plan, Observation observation) {
    if (plan.isLocal()) {
      return Local.busy(observation);
    }
    Stage remote = plan.stages().get(1);
    double x = observation.server(remote.node()).link().up().secondsPerBit();
    return PartitionProblem.of(observation, remote.node()).stages(plan.near(), x).longest();
  }
}
