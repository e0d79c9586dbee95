package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan table of a device whose place at the site is settled: at the reported rate the plan that
 * was matched, at others the one of its offers that is best by the same count: what a frame takes,
 * what the device's frames wait for each other, and what the server's time costs the site.
 */
final class SiteTable {
  private static final int OCTAVES = 5; // to both sides of the reported rate

  private final Observation expected;
  private final Prices prices;
  private final double rate; // x: reported seconds per bit

  private SiteTable(Observation expected, Prices prices) {
    this.expected = expected;
    this.prices = prices;
    this.rate = expected.server(1).link().up().secondsPerBit();
  }

  /**
   * What a server costs the site.
   *
   * @param work at least 1: what a second of its time costs all
   * @param access the same of its own link
   * @param accessSecondsPerBit for which a bit keeps that busy
   */
  record Prices(double work, double access, double accessSecondsPerBit) {}

  /**
   * A plan as a function of the rate.
   *
   * @param entry its cost line, waits at the reported rate included
   * @param besides what it costs apart from that line and the wait for the link
   */
  private record Line(PlanTable.Entry entry, double fixedSeconds, double besides) {
    double at(double x, Demand demand) {
      double sending = entry.uplinkBits() * x;
      return fixedSeconds + sending + OwnWait.seconds(demand, sending) + besides;
    }
  }

  /**
   * @param plans the local one and those for the server
   * @param learned [plan] seconds that the planner knows better
   * @param chosen one of them
   * @param expected with the one server, and the queue that is to be expected there
   * @param prices of the server's time and of its own link
   */
  static PlanTable of(
      List<Plan> plans, double[] learned, Plan chosen, Observation expected, Prices prices) {
    return new SiteTable(expected, prices).table(plans, learned, chosen);
  }

  private PlanTable table(List<Plan> plans, double[] learned, Plan chosen) {
    Line kept = line(chosen, 0); // where it holds it is not compared
    boolean flat = plans.stream().anyMatch(SiteTable::shares);
    if (flat || !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      return PlanTable.constant(kept.entry());
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < learned.length; i++) {
      lines.add(line(plans.get(i), learned[i]));
    }
    List<PlanTable.Entry> entries = new ArrayList<>();
    List<Double> breakpoints = new ArrayList<>();
    for (int octave = -OCTAVES; octave <= OCTAVES; octave++) {
      double x = rate * Math.pow(2, octave);
      Line best = octave == 0 ? kept : best(lines, x);
      if (entries.isEmpty()) {
        entries.add(best.entry());
      } else if (!entries.get(entries.size() - 1).plan().equals(best.entry().plan())) {
        entries.add(best.entry());
        breakpoints.add(x / Math.sqrt(2));
      }
    }
    double[] ascending = breakpoints.stream().mapToDouble(Double::doubleValue).toArray();
    return PlanTable.of(entries, ascending);
  }

  /** No rate of one uplink tells what such a plan costs. */
  private static boolean shares(Plan plan) {
    return plan.stages().stream().anyMatch(stage -> stage.sharing().isPresent());
  }

  private Line best(List<Line> lines, double x) {
    Line best = lines.get(0);
    for (Line line : lines) {
      best = line.at(x, expected.demand()) < best.at(x, expected.demand()) ? line : best;
    }
    return best;
  }

  private Line line(Plan plan, double learned) {
    Demand demand = expected.demand();
    Estimate estimate = CostModel.estimate(plan, expected);
    PlanTable.Entry entry = CostModel.entry(plan, expected);
    double computing = OwnWait.seconds(demand, OwnWait.computing(estimate, expected));
    double sending = OwnWait.seconds(demand, estimate.way().uplink());
    double access = HostWork.bits(plan, expected) * prices.accessSecondsPerBit();
    Weights weights = demand.weights();
    return new Line(
        new PlanTable.Entry(
            plan, entry.fixedSeconds() + computing + sending + access, entry.uplinkBits()),
        entry.fixedSeconds() + computing + access,
        (prices.work() - 1) * HostWork.seconds(plan, estimate, expected)
            + (prices.access() - 1) * access
            + weights.joules(estimate.energy().joules())
            + ExpectedCost.points(plan, expected)
            + weights.serverSeconds(estimate.serverSeconds())
            + learned);
  }
}
