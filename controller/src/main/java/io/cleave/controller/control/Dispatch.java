package io.cleave.controller.control;

import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one device was sent last, and whether the next decision is worth a message: another plan
 * always, the same plan with figures that moved by more than 2 %, a lease of which less than half
 * is left, and a decision that the device says it has not got.
 */
final class Dispatch {
  /** Figures that differ by no more than this share are the same. */
  private static final double NEAR = 0.02;

  /** A device is given so long to adopt a decision before it is sent once more. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Duration lease;
  private Optional<Decision> sent = Optional.empty();
  private Instant sentAt = Instant.EPOCH;

  Dispatch(Duration lease) {
    this.lease = lease;
  }

  /** True if the decision is to be sent; it is then the one that counts from now on. */
  boolean take(Decision decision, Report report, Instant now) {
    boolean worth = sent.isEmpty() || worth(sent.get(), decision, report, now);
    if (worth) {
      sent = Optional.of(decision);
      sentAt = now;
    }
    return worth;
  }

  private boolean worth(Decision last, Decision next, Report report, Instant now) {
    if (next.version() != last.version()
        && (next.grounds().reason().switches()
            || !last.servers().equals(next.servers())
            || differ(last.table(), next.table()))) {
      return true;
    }
    boolean halfGone = now.isAfter(last.validUntil().minus(lease.dividedBy(2)));
    boolean lost = report.planVersion() < last.version() && !now.isBefore(sentAt.plus(PATIENCE));
    return halfGone || lost;
  }

  private static boolean differ(PlanTable last, PlanTable next) {
    List<PlanTable.Entry> before = last.entries();
    List<PlanTable.Entry> after = next.entries();
    if (before.size() != after.size()) {
      return true;
    }
    double[] old = last.breakpoints();
    double[] young = next.breakpoints();
    for (int i = 0; i < before.size(); i++) {
      if (differ(before.get(i), after.get(i)) || (i < old.length && !near(old[i], young[i]))) {
        return true;
      }
    }
    return false;
  }

  private static boolean differ(PlanTable.Entry last, PlanTable.Entry next) {
    Plan before = last.plan();
    Plan after = next.plan();
    return !near(last.fixedSeconds(), next.fixedSeconds())
        || !near(last.uplinkBits(), next.uplinkBits())
        || !near(before.hedge(), after.hedge())
        || before.codec() != after.codec()
        || !before.stages().equals(after.stages());
  }

  private static boolean near(Hedge last, Hedge next) {
    return last.equals(next) || near(last.delaySeconds(), next.delaySeconds());
  }

  private static boolean near(double last, double next) {
    return Math.abs(last - next) <= NEAR * Math.max(last, next); // false for infinities
  }
}
