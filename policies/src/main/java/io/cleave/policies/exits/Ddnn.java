package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.baseline.LocalOnly;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;

/**
 * The first exit's layers on the device, all others on a server: a frame whose first answer is sure
 * enough stays, any other goes on to the server from what the device has computed.
 *
 * <p>Source: Teerapittayanon, McDanel, Kung, "Distributed deep neural networks over the cloud, the
 * edge and end devices", ICDCS 2017: a mapping that never changes, and normalised entropy, H / ln C
 * in [0, 1], at most a threshold.
 *
 * <p>Complexity: O(servers x layers).
 *
 * <p>Assumes: as the paper does, that the mapping is right for every link.
 *
 * <p>Differs: (1) one device; views of several devices are joined by {@code cleave reproduce ddnn};
 * (2) full precision, where the paper's device part is binary; (3) of several servers it takes the
 * one that is predicted to answer first, and no edge between device and cloud.
 */
public final class Ddnn implements Planner {
  private final double threshold;
  private final Planner other = new LocalOnly();

  /**
   * @param threshold of normalised entropy, 0 to 1: below it a frame is answered on the device
   */
  public Ddnn(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "A threshold of normalised entropy is in 0..1, not %s. Maybe it is in nats: divide by the logarithm of the count of classes."
              .formatted(threshold));
    }
    this.threshold = threshold;
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  /** Without known exits there is nothing to divide: all stays on the device. */
  @Override
  public PlanTable plan(Observation observation) {
    if (observation.exits().isEmpty()) {
      return other.plan(observation);
    }
    ExitRule rule = rule(observation.exits().get());
    LayerSet near = Plan.segments(observation.graph(), rule).get(0);
    PlanTable.Entry best = entry(observation, rule, near, 1);
    for (int node = 2; node <= observation.servers().size(); node++) {
      PlanTable.Entry entry = entry(observation, rule, near, node);
      if (seconds(observation, entry, node) < seconds(observation, best, server(best))) {
        best = entry;
      }
    }
    return PlanTable.constant(best);
  }

  private ExitRule rule(ExitAnswers exits) {
    int last = exits.exits().size() - 1;
    return last == 0
        ? ExitRule.only(exits.classes(), 0)
        : new ExitRule(
            ExitSignal.ENTROPY,
            exits.classes(),
            List.of(0, last),
            List.of(threshold * Math.log(exits.classes())));
  }

  private static int server(PlanTable.Entry entry) {
    return Math.max(1, entry.plan().stages().get(entry.plan().stages().size() - 1).node());
  }

  private static double seconds(Observation seen, PlanTable.Entry entry, int node) {
    return entry.seconds(seen.server(node).link().up());
  }

  private static PlanTable.Entry entry(Observation seen, ExitRule rule, LayerSet near, int node) {
    return CostModel.entry(Plan.split(seen.graph(), rule, near, node), seen);
  }
}
