package io.cleave.policies.wire;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.PlanTable;
import java.time.Instant;
import java.util.List;

/**
 * What a device shall do until further notice. Idempotent by (agent, version): a version that comes
 * again only prolongs the lease, and an older one is ignored.
 *
 * @param agent that it is for
 * @param version ascending, at least 1
 * @param servers names for the node numbers in the plans: node n is {@code servers.get(n - 1)}
 * @param table what to do at each uplink rate; latencies count from a frame's start on the device
 * @param validUntil end of the lease; afterwards the device runs its safe local plan
 * @param grounds why
 */
public record Decision(
    String agent,
    long version,
    List<String> servers,
    PlanTable table,
    Instant validUntil,
    Grounds grounds) {
  public Decision {
    servers = List.copyOf(servers);
    if (version < 1) {
      throw new IllegalArgumentException(
          "A decision's version must be at least 1, not %d.".formatted(version));
    }
  }

  /** The same with one more reason, as people read it. */
  public Decision because(String text) {
    Grounds more = new Grounds(grounds.reason(), grounds.text() + "; " + text, grounds.estimate());
    return new Decision(agent, version, servers, table, validUntil, more);
  }

  /**
   * Why a decision was made.
   *
   * @param reason as programs read it
   * @param text as people read it
   * @param estimate of the plan in force at the reported rate
   */
  public record Grounds(Reason reason, String text, Estimate estimate) {}
}
