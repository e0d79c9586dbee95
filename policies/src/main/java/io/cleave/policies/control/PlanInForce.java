package io.cleave.policies.control;

import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import java.time.Instant;

/**
 * The device's side of a decision: before every frame the freshest estimate of the uplink is looked
 * up in the table in force. Within a table the switch rule holds as it does between tables. Without
 * a decision, or after its lease, the plan is the safe local one. Owned by one thread.
 */
public final class PlanInForce {
  private static final int NONE = -1;

  private final PlanTable.Entry safe;
  private final SwitchRule rule;
  private final double framesPerSecond;
  private PlanTable table;
  private PlanTable.Entry[] entries;
  private int server = Stage.DEVICE;
  private int current = NONE;
  private long version;
  private double validUntil = Double.NEGATIVE_INFINITY;
  private double changedSeconds = Double.NEGATIVE_INFINITY;

  /**
   * Starts with the safe plan.
   *
   * @param safe all local, with its predicted latency
   * @param rule when the plan is changed within a table
   * @param framesPerSecond at which frames arrive
   */
  public PlanInForce(PlanTable.Entry safe, SwitchRule rule, double framesPerSecond) {
    if (!safe.plan().isLocal()) {
      throw new IllegalArgumentException("The safe plan must be local.");
    }
    this.safe = safe;
    this.rule = rule;
    this.framesPerSecond = framesPerSecond;
    this.table = PlanTable.constant(safe);
    this.entries = entriesOf(table);
  }

  /** Seconds on the clock that {@link #at} is asked by. */
  public static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() * 1e-9;
  }

  /** As {@link PlanTable#server}. */
  public static int serverOf(PlanTable table) {
    return table.server();
  }

  /**
   * Takes a decision: a newer version replaces the table, the same version prolongs the lease, an
   * older one is ignored.
   *
   * @return true if the table was replaced
   */
  public boolean adopt(Decision decision) {
    if (decision.version() < version) {
      return false;
    }
    boolean newer = decision.version() > version;
    double until = seconds(decision.validUntil());
    validUntil = newer ? until : Math.max(validUntil, until);
    if (newer) {
      version = decision.version();
      replace(decision.table(), decision.grounds().reason().switches());
    }
    return newer;
  }

  /** Version of the decision in force; 0 before the first. */
  public long version() {
    return version;
  }

  /** True while the lease of the decision lasts; then {@link #at} says the safe plan. */
  public boolean holds(double nowSeconds) {
    return nowSeconds <= validUntil;
  }

  /** Node of the server whose uplink counts for the next look-up; 0 if none does. */
  public int server() {
    return server;
  }

  /**
   * What to do with the frame that starts now. No allocation; time O(log entries).
   *
   * @param upBitsPerSecond freshest estimate of the uplink to {@link #server()}
   * @param nowSeconds on the clock of {@link #seconds}
   */
  public PlanTable.Entry at(double upBitsPerSecond, double nowSeconds) {
    if (!holds(nowSeconds)) {
      return safe;
    }
    double x = 1 / upBitsPerSecond;
    int best = table.indexAt(x);
    if (current == NONE || (best != current && mayChange(best, x, nowSeconds))) {
      current = best;
      changedSeconds = nowSeconds;
    }
    return entries[current];
  }

  /** A table that only brings the old one up to date leaves the plan as it is, if it has it. */
  private void replace(PlanTable newer, boolean switches) {
    PlanTable.Entry[] old = entries;
    int held = current;
    table = newer;
    entries = entriesOf(newer);
    server = serverOf(newer);
    current = NONE;
    for (int i = 0; i < entries.length && !switches && held != NONE; i++) {
      if (entries[i].plan().stages().equals(old[held].plan().stages())) {
        current = i;
        break;
      }
    }
  }

  private boolean mayChange(int best, double x, double nowSeconds) {
    return rule.isNone()
        || (rule.released(nowSeconds - changedSeconds)
            && rule.worth(
                entries[current].secondsAt(x), entries[best].secondsAt(x), framesPerSecond));
  }

  private static PlanTable.Entry[] entriesOf(PlanTable table) {
    return table.entries().toArray(PlanTable.Entry[]::new);
  }
}
