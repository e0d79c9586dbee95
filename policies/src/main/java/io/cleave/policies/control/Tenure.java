package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Energy;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** One device's table in force: since when, which version, and what it takes to replace it. */
final class Tenure {
  private static final long HIGHEST_VERSION = 1L << 53;

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
    boolean already =
        inForce.stream()
            .flatMap(table -> table.entries().stream())
            .allMatch(entry -> entry.plan().isLocal());
    Reason reason = inForce.isPresent() && already ? Reason.REFRESHED : Reason.NO_SERVER;
    return local(localSeconds, reason, "no server is heard of over a measured link", now);
  }

  private Decision local(double localSeconds, Reason reason, String text, Instant now) {
    Plan plan = Plan.local(device.graph(), device.exits());
    replace(PlanTable.constant(new PlanTable.Entry(plan, localSeconds, 0)), reason, now);
    Latency way = new Latency(localSeconds, 0, 0, 0, 0, 0);
    Energy energy = new Energy(device.power().computeWatts() * localSeconds, 0, 0);
    return decision(now, reason, text, new Estimate(way, localSeconds, energy, 0, 0));
  }

  /** The planner failed: the table in force stays, if its server is in reach. */
  Decision keep(Optional<Reach> reach, double localSeconds, String text, Instant now) {
    if (reach.isPresent()) {
      Observation seen = reach.get().observation();
      Optional<PlanTable> old = stillPossible(reach.get());
      if (old.isPresent()) {
        Plan plan = ExpectedCost.planAt(old.get(), seen);
        return decision(now, Reason.PLANNER_FAILED, text, CostModel.estimate(plan, seen));
      }
    }
    return local(localSeconds, Reason.PLANNER_FAILED, text, now);
  }

  /**
   * Weighs the planner's answer, in the observation's numbers, against the table in force.
   *
   * @param planner whose answer it is, and who may know better than the cost model
   */
  Decision weigh(PlanTable answer, Planner planner, Reach reach, Instant now) {
    Observation seen = reach.observation();
    Optional<PlanTable> old = stillPossible(reach);
    Weighing weighing = weighing(old, answer, planner, seen, PlanInForce.seconds(now));
    boolean adopts = weighing.reason().switches() || weighing.reason() == Reason.REFRESHED;
    Plan planned = ExpectedCost.planAt(answer, seen);
    Plan plan = adopts ? planned : ExpectedCost.planAt(old.orElse(answer), seen);
    Estimate estimate = CostModel.estimate(plan, seen); // a table that cannot be priced stops here
    if (adopts) {
      double queue = seen.device().queueSeconds();
      replace(withoutQueue(reach.toSite(answer), queue), weighing.reason(), now);
    }
    String text = weighing.text() + BoundsText.of(planned, seen);
    return decision(now, weighing.reason(), text, estimate);
  }

  /**
   * The site says who helps and how. It has weighed what a move must gain; between the plans of the
   * table the device's own rule holds.
   */
  Decision place(Placement.There there, Placement place, Instant now) {
    Observation seen = there.reach().observation();
    Plan plan = ExpectedCost.planAt(there.table(), seen);
    Estimate estimate = CostModel.estimate(plan, seen); // a table that cannot be priced stops here
    double queue = seen.device().queueSeconds();
    Reason reason = because(place);
    String text = place.text() + BoundsText.of(plan, seen);
    replace(withoutQueue(there.reach().toSite(there.table()), queue), reason, now);
    return decision(now, reason, text, estimate);
  }

  /** The site does best if the device is alone, whatever its link does. */
  Decision alone(Placement place, double localSeconds, Instant now) {
    return local(localSeconds, because(place), place.text(), now);
  }

  private Reason because(Placement place) {
    return inForce.isEmpty() ? Reason.FIRST : place.moved() ? Reason.MOVED : Reason.REFRESHED;
  }

  /** The table in force in the observation's numbers, if its servers are there and have room. */
  private Optional<PlanTable> stillPossible(Reach reach) {
    return inForce.flatMap(reach::fromSite).filter(table -> Fit.fits(table, reach.observation()));
  }

  private record Weighing(Reason reason, String text) {}

  private Weighing weighing(
      Optional<PlanTable> old,
      PlanTable answer,
      Planner planner,
      Observation seen,
      double nowSeconds) {
    if (inForce.isEmpty()) {
      return new Weighing(Reason.FIRST, "there was no plan before");
    }
    if (old.isEmpty()) {
      return new Weighing(
          Reason.SERVER_LOST,
          "the plan in force needs a server that is silent, or memory that is not there");
    }
    Plan before = ExpectedCost.planAt(old.get(), seen);
    Plan after = ExpectedCost.planAt(answer, seen);
    if (BoundsText.rescues(after, before, seen)) {
      return new Weighing(Reason.BETTER, "the plan in force no longer keeps the bounds");
    }
    if (before.stages().equals(after.stages()) && before.codec() == after.codec()) {
      return new Weighing(Reason.REFRESHED, "the same plan at the reported rate");
    }
    if (terms.rule().isNone()) {
      return new Weighing(Reason.FOLLOWED, "the planner is followed at each report");
    }
    if (!terms.rule().released(nowSeconds - sinceSeconds)) {
      return new Weighing(Reason.HELD, "the plan in force has not had its time");
    }
    double oldCost = cost(old.get(), planner, seen);
    double newCost = cost(answer, planner, seen);
    boolean worth = terms.rule().worth(oldCost, newCost, device.demand().framesPerSecond());
    return new Weighing(
        worth ? Reason.BETTER : Reason.SMALL_GAIN,
        String.format(Locale.ROOT, "expected cost %.4f s against %.4f s", newCost, oldCost));
  }

  private static double cost(PlanTable table, Planner planner, Observation seen) {
    int node = PlanInForce.serverOf(table);
    double learned =
        node == Stage.DEVICE
            ? 0
            : planner.learned(seen, node, List.of(ExpectedCost.planAt(table, seen)))[0];
    double expected = ExpectedCost.of(table, seen);
    return Math.max(Math.min(0, expected), expected + learned); // points won may be worth more
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
    return table.with(entries);
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

  /** Versions up to this one are used up. */
  void raise(long seen) {
    if (seen > version && seen <= HIGHEST_VERSION) {
      version = inForce.isPresent() ? seen + 1 : seen; // what is in force needs a number of its own
    }
  }

  /** A server leaves for good; those behind it move up. */
  void forgetServer(int node) {
    int[] map = new int[servers.get().size() + 1];
    Arrays.setAll(map, n -> n == node ? -1 : n < node ? n : n - 1);
    inForce = inForce.flatMap(table -> table.renumbered(map));
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
