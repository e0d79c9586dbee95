package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Energy;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** One device's table in force: since when, which version, and what it takes to replace it. */
final class Tenure {
  private final Site.Device device;
  private final Supplier<List<String>> servers;
  private final Terms terms;
  private Optional<PlanTable> inForce = Optional.empty(); // in the site's numbers
  private long version;
  private double sinceSeconds;

  Tenure(Site.Device device, Supplier<List<String>> servers, Terms terms, long firstVersion) {
    this.device = device;
    this.servers = servers;
    this.terms = terms;
    this.version = firstVersion - 1;
  }

  /** No server can help: the local plan, at once. */
  Decision local(double localSeconds, Instant now) {
    Plan plan = Plan.local(device.graph());
    boolean already = inForce.isPresent() && PlanInForce.serverOf(inForce.get()) == Stage.DEVICE;
    Reason reason = already ? Reason.REFRESHED : Reason.NO_SERVER;
    replace(PlanTable.constant(new PlanTable.Entry(plan, localSeconds, 0)), reason, now);
    Latency way = new Latency(localSeconds, 0, 0, 0, 0, 0);
    Energy energy = new Energy(device.power().computeWatts() * localSeconds, 0, 0);
    return decision(
        now,
        reason,
        "no server is heard of over a measured link",
        new Estimate(way, localSeconds, energy, 0));
  }

  /** Weighs the planner's answer, in the observation's numbers, against the table in force. */
  Decision weigh(PlanTable answer, Reach reach, Instant now) {
    Observation seen = reach.observation();
    Optional<PlanTable> old = inForce.flatMap(reach::fromSite);
    Weighing weighing = weighing(old, answer, seen, PlanInForce.seconds(now));
    boolean adopts = weighing.reason().switches() || weighing.reason() == Reason.REFRESHED;
    if (adopts) {
      double queue = seen.device().queueSeconds();
      replace(withoutQueue(reach.toSite(answer), queue), weighing.reason(), now);
    }
    Plan plan = ExpectedCost.planAt(adopts ? answer : old.orElse(answer), seen);
    return decision(now, weighing.reason(), weighing.text(), CostModel.estimate(plan, seen));
  }

  private record Weighing(Reason reason, String text) {}

  private Weighing weighing(
      Optional<PlanTable> old, PlanTable answer, Observation seen, double nowSeconds) {
    if (inForce.isEmpty()) {
      return new Weighing(Reason.FIRST, "there was no plan before");
    }
    if (old.isEmpty()) {
      return new Weighing(Reason.SERVER_LOST, "the plan in force needs a server that is silent");
    }
    Plan before = ExpectedCost.planAt(old.get(), seen);
    Plan after = ExpectedCost.planAt(answer, seen);
    if (before.stages().equals(after.stages()) && before.codec() == after.codec()) {
      return new Weighing(Reason.REFRESHED, "the same plan at the reported rate");
    }
    if (terms.rule().isNone()) {
      return new Weighing(Reason.FOLLOWED, "the planner is followed at each report");
    }
    if (!terms.rule().released(nowSeconds - sinceSeconds)) {
      return new Weighing(Reason.HELD, "the plan in force has not had its time");
    }
    double oldCost = ExpectedCost.of(old.get(), seen);
    double newCost = ExpectedCost.of(answer, seen);
    boolean worth = terms.rule().worth(oldCost, newCost, device.demand().framesPerSecond());
    return new Weighing(
        worth ? Reason.BETTER : Reason.SMALL_GAIN,
        String.format(Locale.ROOT, "expected cost %.4f s against %.4f s", newCost, oldCost));
  }

  /**
   * The device's queue is in all entries alike and is old when they are looked up; without it they
   * say what a frame takes from its start, and a gain is a share of that.
   */
  private static PlanTable withoutQueue(PlanTable table, double queueSeconds) {
    if (queueSeconds == 0) {
      return table;
    }
    List<PlanTable.Entry> entries =
        table.entries().stream()
            .map(
                entry ->
                    new PlanTable.Entry(
                        entry.plan(),
                        Math.max(0, entry.fixedSeconds() - queueSeconds),
                        entry.uplinkBits()))
            .toList();
    return PlanTable.of(entries, table.breakpoints());
  }

  private void replace(PlanTable table, Reason reason, Instant now) {
    inForce = Optional.of(table);
    version++;
    if (reason == Reason.NO_SERVER) {
      sinceSeconds = Double.NEGATIVE_INFINITY; // a way out of need is left without waiting
    } else if (reason.switches()) {
      sinceSeconds = PlanInForce.seconds(now);
    }
  }

  /** Of the latest decision. */
  long version() {
    return version;
  }

  private Decision decision(Instant now, Reason reason, String text, Estimate estimate) {
    return new Decision(
        device.name(),
        version,
        servers.get(),
        inForce.orElseThrow(),
        now.plus(terms.lease()),
        new Decision.Grounds(reason, text, estimate));
  }
}
