package io.cleave.transport.json;

import io.cleave.policies.cost.Energy;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A {@link Decision} as JSON. The lease travels as seconds from now, since clocks differ; its end
 * by the controller's clock is there for people and is not read.
 */
final class DecisionJson {
  private static final Reason[] REASONS = Reason.values();
  private static final int TIME_CHARS = 40;
  private static final double NANOS = 1e9;

  private DecisionJson() {}

  static void write(FieldWriter to, Decision decision, Instant now) {
    checkNodes(decision.table(), decision.servers().size());
    to.agent("agent", decision.agent())
        .count("version", decision.version())
        .agents("servers", decision.servers(), WireLimits.SERVERS);
    TableJson.write(to.object("table"), decision.table());
    to.number("leaseSeconds", leaseSeconds(decision, now), Range.LEASE)
        .text("validUntil", decision.validUntil().toString(), TIME_CHARS);
    writeGrounds(to.object("grounds"), decision.grounds());
  }

  static Decision read(Fields from, Instant receivedAt) {
    String agent = from.agent("agent");
    long version = from.count("version", 1);
    List<String> servers = from.agents("servers", WireLimits.SERVERS);
    PlanTable table = TableJson.read(from.object("table"));
    from.built(() -> checkNodes(table, servers.size()));
    from.text("validUntil", TIME_CHARS);
    double leaseSeconds = from.number("leaseSeconds", Range.LEASE);
    return new Decision(
        agent,
        version,
        servers,
        table,
        receivedAt.plusNanos(Math.round(leaseSeconds * NANOS)),
        readGrounds(from.object("grounds")));
  }

  /** What is left of the lease; 0 if it is over. */
  private static double leaseSeconds(Decision decision, Instant now) {
    Duration lease = Duration.between(now, decision.validUntil());
    return lease.isNegative() ? 0 : lease.getSeconds() + lease.getNano() / NANOS;
  }

  /** Every node of a plan must have a name. */
  private static PlanTable checkNodes(PlanTable table, int servers) {
    for (PlanTable.Entry entry : table.entries()) {
      for (Stage stage : entry.plan().stages()) {
        for (int node : stage.nodes()) {
          if (node > servers) {
            throw new IllegalArgumentException(
                "A stage's node must be in 0..%d, as servers are named, not %d."
                    .formatted(servers, node));
          }
        }
      }
    }
    return table;
  }

  private static void writeGrounds(FieldWriter to, Decision.Grounds grounds) {
    Estimate estimate = grounds.estimate();
    to.choice("reason", grounds.reason())
        .text("text", Text.remark(grounds.text()), WireLimits.REMARK_CHARS);
    FieldWriter written = to.object("estimate");
    writeWay(written.object("way"), estimate.way());
    written.numberUnlessInfinite("seconds", estimate.seconds(), Range.AT_LEAST_0);
    writeEnergy(written.object("energy"), estimate.energy());
    written
        .numberUnlessInfinite("hedgeSeconds", estimate.hedgeSeconds(), Range.AT_LEAST_0)
        .numberUnlessInfinite("serverSeconds", estimate.serverSeconds(), Range.AT_LEAST_0);
  }

  private static Decision.Grounds readGrounds(Fields from) {
    Fields estimate = from.object("estimate");
    return new Decision.Grounds(
        from.choice("reason", REASONS),
        from.text("text", WireLimits.REMARK_CHARS),
        new Estimate(
            readWay(estimate.object("way")),
            estimate.numberOrInfinity("seconds", Range.AT_LEAST_0),
            readEnergy(estimate.object("energy")),
            estimate.numberOrInfinity("hedgeSeconds", Range.AT_LEAST_0),
            estimate.numberOrInfinity("serverSeconds", Range.AT_LEAST_0)));
  }

  private static void writeWay(FieldWriter to, Latency way) {
    to.numberUnlessInfinite("deviceSeconds", way.device(), Range.AT_LEAST_0)
        .numberUnlessInfinite("codecSeconds", way.codec(), Range.AT_LEAST_0)
        .numberUnlessInfinite("uplinkSeconds", way.uplink(), Range.AT_LEAST_0)
        .numberUnlessInfinite("queueSeconds", way.queue(), Range.AT_LEAST_0)
        .numberUnlessInfinite("remoteSeconds", way.remote(), Range.AT_LEAST_0)
        .numberUnlessInfinite("downlinkSeconds", way.downlink(), Range.AT_LEAST_0);
  }

  private static Latency readWay(Fields from) {
    return new Latency(
        from.numberOrInfinity("deviceSeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("codecSeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("uplinkSeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("queueSeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("remoteSeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("downlinkSeconds", Range.AT_LEAST_0));
  }

  private static void writeEnergy(FieldWriter to, Energy energy) {
    to.numberUnlessInfinite("computeJoules", energy.compute(), Range.AT_LEAST_0)
        .numberUnlessInfinite("radioJoules", energy.radio(), Range.AT_LEAST_0)
        .numberUnlessInfinite("idleJoules", energy.idle(), Range.AT_LEAST_0);
  }

  private static Energy readEnergy(Fields from) {
    return new Energy(
        from.numberOrInfinity("computeJoules", Range.AT_LEAST_0),
        from.numberOrInfinity("radioJoules", Range.AT_LEAST_0),
        from.numberOrInfinity("idleJoules", Range.AT_LEAST_0));
  }
}
