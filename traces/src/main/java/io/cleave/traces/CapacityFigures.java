package io.cleave.traces;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person wants to know about one direction; weighted by time.
 *
 * @param meanMbps mean rate
 * @param deviationMbps standard deviation of the rate
 * @param minMbps lowest rate of a step
 * @param maxMbps highest rate of a step
 * @param longestOutageSeconds longest run of steps under 0.1 Mbit/s within a lap
 * @param zeroShare part of the time with a rate of 0, from 0 to 1
 * @param medianStepSeconds typical length of a step
 * @param steps how many there are
 */
public record CapacityFigures(
    double meanMbps,
    double deviationMbps,
    double minMbps,
    double maxMbps,
    double longestOutageSeconds,
    double zeroShare,
    double medianStepSeconds,
    int steps) {
  private static final double OUTAGE_BITS_PER_SECOND = 1e5;
  private static final double LOWEST_MEAN_MBPS = 0.05;
  private static final double HIGHEST_MEAN_MBPS = 10_000;

  /** Of the steps as they are. */
  public static CapacityFigures of(Capacity capacity) {
    int steps = capacity.steps();
    double[] rates = new double[steps];
    double[] lengths = new double[steps];
    double squares = 0;
    double zero = 0;
    double outage = 0;
    double longest = 0;
    double mean = capacity.meanBitsPerSecond();
    for (int i = 0; i < steps; i++) {
      rates[i] = capacity.bitsPerSecond(i);
      lengths[i] = capacity.startSeconds(i + 1) - capacity.startSeconds(i);
      squares += lengths[i] * (rates[i] - mean) * (rates[i] - mean);
      zero += rates[i] == 0 ? lengths[i] : 0;
      outage = rates[i] < OUTAGE_BITS_PER_SECOND ? outage + lengths[i] : 0;
      longest = Math.max(longest, outage);
    }
    return new CapacityFigures(
        mean / 1e6,
        Math.sqrt(squares / capacity.periodSeconds()) / 1e6,
        Arrays.stream(rates).min().orElseThrow() / 1e6,
        Arrays.stream(rates).max().orElseThrow() / 1e6,
        longest,
        zero / capacity.periodSeconds(),
        Median.of(lengths),
        steps);
  }

  /** Coefficient of variation: deviation over mean. */
  public double variation() {
    return deviationMbps / meanMbps;
  }

  /** A sentence if the mean is so low or so high that the unit is probably wrong. */
  public Optional<String> unitDoubt() {
    if (meanMbps >= LOWEST_MEAN_MBPS && meanMbps <= HIGHEST_MEAN_MBPS) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "a mean of %.4g Mbit/s is %s. Maybe the unit is off by 1000.",
            meanMbps,
            meanMbps < LOWEST_MEAN_MBPS ? "below 0.05" : "above 10,000"));
  }
}
