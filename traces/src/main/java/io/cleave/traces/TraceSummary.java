package io.cleave.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One direction of a trace in figures, weighted by time, so that a slip of units or a wrong kind of
 * recording is seen at once.
 *
 * @param durationSeconds the period
 * @param steps of constant rate
 * @param deviationMbps standard deviation over time
 * @param variation deviation over mean (CV)
 * @param longestOutageSeconds the longest run of steps below {@value #OUTAGE_MBPS} Mbit/s
 * @param zeroShare share of the time without any capacity, 0 to 1
 * @param medianStepSeconds the median of the steps' lengths
 * @param warnings one sentence each, empty if nothing is odd
 */
public record TraceSummary(
    double durationSeconds,
    int steps,
    double meanMbps,
    double deviationMbps,
    double variation,
    double minMbps,
    double maxMbps,
    double longestOutageSeconds,
    double zeroShare,
    double medianStepSeconds,
    List<String> warnings) {
  /** Below this nothing useful arrives. */
  public static final double OUTAGE_MBPS = 0.1;

  /** No recorded access network is slower on average. */
  public static final double SLOWEST_MEAN_MBPS = 0.05;

  /** No recorded access network is faster on average. */
  public static final double FASTEST_MEAN_MBPS = 10_000;

  /** Logs of streaming are silent 34.5 to 75 % of the time, logs of downloads less than 6 %. */
  public static final double IDLE_SHARE = 1.0 / 3;

  public TraceSummary {
    warnings = List.copyOf(warnings);
  }

  public static TraceSummary up(Trace trace) {
    return of("uplink", trace.up());
  }

  public static TraceSummary down(Trace trace) {
    return of("downlink", trace.down());
  }

  private static TraceSummary of(String direction, Capacity capacity) {
    double mean = capacity.meanBitsPerSecond() / 1e6;
    double squares = 0;
    double zero = 0;
    double outage = 0;
    double longest = 0;
    for (int i = 0; i < capacity.steps(); i++) {
      double length = length(capacity, i);
      double rate = capacity.bitsPerSecond(i) / 1e6;
      squares += length * (rate - mean) * (rate - mean);
      zero += rate == 0 ? length : 0;
      outage = rate < OUTAGE_MBPS ? outage + length : 0;
      longest = Math.max(longest, outage);
    }
    double deviation = Math.sqrt(squares / capacity.periodSeconds());
    double zeroShare = zero / capacity.periodSeconds();
    return new TraceSummary(
        capacity.periodSeconds(),
        capacity.steps(),
        mean,
        deviation,
        deviation / mean,
        rates(capacity).min().orElseThrow(),
        rates(capacity).max().orElseThrow(),
        longest,
        zeroShare,
        medianStep(capacity),
        warnings(direction, mean, zeroShare));
  }

  private static DoubleStream rates(Capacity capacity) {
    return IntStream.range(0, capacity.steps()).mapToDouble(i -> capacity.bitsPerSecond(i) / 1e6);
  }

  private static double medianStep(Capacity capacity) {
    double[] lengths =
        IntStream.range(0, capacity.steps())
            .mapToDouble(i -> length(capacity, i))
            .sorted()
            .toArray();
    return (lengths[(lengths.length - 1) / 2] + lengths[lengths.length / 2]) / 2;
  }

  private static double length(Capacity capacity, int step) {
    return capacity.startSeconds(step + 1) - capacity.startSeconds(step);
  }

  private static List<String> warnings(String direction, double mean, double zeroShare) {
    List<String> warnings = new ArrayList<>();
    if (mean < SLOWEST_MEAN_MBPS || mean > FASTEST_MEAN_MBPS) {
      warnings.add(
          "The %s's mean of %.6g Mbit/s is outside %s to %s. Maybe the unit is wrong by 1000."
              .formatted(direction, mean, SLOWEST_MEAN_MBPS, FASTEST_MEAN_MBPS));
    }
    if (zeroShare >= IDLE_SHARE) {
      warnings.add(
          ("The %s is silent %.1f %% of the time. Maybe it is application-limited: what a player asked"
                  + " for, not what the network could carry.")
              .formatted(direction, 100 * zeroShare));
    }
    return warnings;
  }
}
