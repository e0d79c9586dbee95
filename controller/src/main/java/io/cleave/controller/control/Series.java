package io.cleave.controller.control;

import io.cleave.policies.wire.FrameReport.Answered;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one device reported over the last five minutes, one point a report. Written by the loop,
 * read by anybody.
 */
public final class Series {
  private static final Duration SPAN = Duration.ofMinutes(5);
  private static final int MOST = 600; // for reports twice a second; more often, the span shrinks
  private static final int FIELDS = 5;

  private double[] ring = new double[16 * FIELDS];
  private int start; // index of the oldest point
  private int count;

  /**
   * One report. What was not measured is NaN.
   *
   * @param unixSeconds of arrival
   * @param uplinkBitsPerSecond to the server that the plan in force uses, else to the fastest
   * @param latencySeconds mean of the frames answered since the last report
   * @param predictedSeconds mean of the same frames
   * @param planVersion in force
   */
  public record Point(
      double unixSeconds,
      double uplinkBitsPerSecond,
      double latencySeconds,
      double predictedSeconds,
      long planVersion) {}

  synchronized void add(Report report, List<String> servers, Instant now) {
    if (count == ring.length / FIELDS && count < MOST) {
      grow();
    }
    if (count == ring.length / FIELDS) {
      drop();
    }
    double[] point = {
      now.getEpochSecond() + now.getNano() * 1e-9,
      uplink(report, servers),
      mean(report, Answered::latencySeconds),
      mean(report, Answered::predictedSeconds),
      report.planVersion()
    };
    System.arraycopy(point, 0, ring, at(count), FIELDS);
    count++;
    while (ring[at(0)] < point[0] - SPAN.toSeconds()) {
      drop();
    }
  }

  /** Oldest first. */
  public synchronized List<Point> points() {
    List<Point> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = at(i);
      points.add(
          new Point(ring[at], ring[at + 1], ring[at + 2], ring[at + 3], (long) ring[at + 4]));
    }
    return points;
  }

  private static double uplink(Report report, List<String> servers) {
    double fastest = Double.NaN;
    for (LinkReport link : report.links()) {
      if (servers.contains(link.server())) {
        return link.uplinkBitsPerSecond();
      }
      fastest =
          Double.isNaN(fastest)
              ? link.uplinkBitsPerSecond()
              : Math.max(fastest, link.uplinkBitsPerSecond());
    }
    return fastest;
  }

  private static double mean(Report report, ToDoubleFunction<Answered> what) {
    return report.frames().recent().stream().mapToDouble(what).average().orElse(Double.NaN);
  }

  private int at(int point) {
    return (start + point) % (ring.length / FIELDS) * FIELDS;
  }

  private void drop() {
    start = (start + 1) % (ring.length / FIELDS);
    count--;
  }

  private void grow() {
    double[] larger = new double[Math.min(2 * ring.length, MOST * FIELDS)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(ring, at(i), larger, i * FIELDS, FIELDS);
    }
    ring = larger;
    start = 0;
  }
}
