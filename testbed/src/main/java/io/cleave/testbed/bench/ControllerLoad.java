package io.cleave.testbed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reports of a crowd through a real broker into a real controller, and plans back. Each report asks
 * for a new plan; the latency counts from the moment an agent hands its report to its connection to
 * the moment its plan is handed to it.
 */
final class ControllerLoad {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * What one measurement showed.
   *
   * @param perSecond reports asked for
   * @param sent what became of the reports on the crowd's side
   * @param received fresh reports that the controller counted meanwhile
   * @param answered reports that were followed by a plan before the device's next report
   * @param p50Millis,p99Millis from report to plan
   * @param liveMegabytes of the controller afterwards
   */
  record Round(
      double perSecond,
      Crowd.Sent sent,
      long received,
      long answered,
      double p50Millis,
      double p99Millis,
      double liveMegabytes) {
    long lost() {
      return sent.sent() - received;
    }
  }

  private final ControllerUnderTest controller;
  private final Crowd crowd;
  private final LatencySample latencies;

  ControllerLoad(ControllerUnderTest controller, Crowd crowd, LatencySample latencies) {
    this.controller = controller;
    this.crowd = crowd;
    this.latencies = latencies;
  }

  Round measure(double perSecond, double seconds) {
    latencies.clear();
    long before = received();
    Crowd.Sent sent = crowd.report(perSecond, seconds);
    long deadline = System.nanoTime() + SETTLE_NANOS;
    while (System.nanoTime() < deadline
        && (received() - before < sent.sent() || crowd.waiting() > 0)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return new Round(
        perSecond,
        sent,
        received() - before,
        latencies.size(),
        latencies.percentileMillis(0.50),
        latencies.percentileMillis(0.99),
        controller.liveMegabytes());
  }

  private long received() {
    JsonNode reports = controller.site().path("reports");
    return reports.isObject() ? reports.path("fresh").asLong() : reports.asLong();
  }
}
