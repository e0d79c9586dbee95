package io.cleave.policies.control;

import io.cleave.policies.plan.RateError;
import java.util.Arrays;
import java.util.List;

/**
 * Estimates one direction of a link from what really crossed it: a moving average in which a sample
 * stands for the time since the one before, whether the link was busy or idle.
 *
 * <p>A sample of rate r that ends at t, the one before having ended at t', moves the estimate E to
 * E 2^(-d/h) + r (1 - 2^(-d/h)), where d is t - t' or the sample's own duration if that is longer,
 * and h the half-life. While the link is busy that is the time-weighted average; after a pause the
 * first new sample dominates, so that an outage is followed and left behind within a few tenths of
 * a second. A sample of 0 bits is evidence of an outage, not an error.
 *
 * <p>Beside the estimate it keeps how wrong earlier estimates were: the ratio of a transfer's true
 * mean rate to the rate that was promised when it was decided on.
 *
 * <p>Owned by one thread. Memory constant; time O(1) a sample, O(memory) an outcome.
 */
public final class RateEstimator {
  /** In which the weight of what was known before halves. */
  public static final double HALF_LIFE_SECONDS = 0.25;

  /** Shorter samples say more of the clock than of the link. */
  public static final double MIN_SECONDS = 1e-4;

  /** Fewer bits say more of headers and buffers than of the link, unless they took long. */
  public static final double MIN_BITS = 4096;

  /** From this duration on any number of bits is evidence, none included. */
  public static final double LONG_SECONDS = 0.05;

  private static final int MEMORY = 128;
  private static final int QUANTILES = 15;
  private static final double OUTCOME_GAP_SECONDS = 0.2;
  private static final double LARGEST_RATIO = 8;

  /** What is believed of the error before anything was seen; the first to be overwritten. */
  private static final double[] PRIOR = {0.5, 0.75, 0.9, 1, 1, 1.1, 1.25, 1.5};

  private final double[] ratios = Arrays.copyOf(PRIOR, MEMORY);
  private final double[] sorted = Arrays.copyOf(PRIOR, MEMORY);
  private long outcomes = PRIOR.length;
  private double lastOutcome = Double.NEGATIVE_INFINITY;
  private double estimate;
  private boolean known;
  private double last;
  private long rejected;

  /** True once a sample was accepted. */
  public boolean known() {
    return known;
  }

  /** The estimate in bit/s; 0 while unknown. */
  public double bitsPerSecond() {
    return estimate;
  }

  /** Samples that were dropped since they could not be true, or were too small to say anything. */
  public long rejected() {
    return rejected;
  }

  /** True if a sample can be true and is large enough to say something of the link. */
  static boolean telling(double bits, double seconds) {
    return seconds >= MIN_SECONDS
        && seconds < Double.POSITIVE_INFINITY
        && bits >= (seconds >= LONG_SECONDS ? 0 : MIN_BITS)
        && bits / seconds < Double.POSITIVE_INFINITY;
  }

  /**
   * Takes what crossed the link in a time during which it was kept busy.
   *
   * @param bits that crossed; 0 during an outage
   * @param seconds that it took
   * @param nowSeconds end of the sample, on a clock that ascends
   * @return false if the sample was dropped and counted
   */
  public boolean sample(double bits, double seconds, double nowSeconds) {
    if (!telling(bits, seconds) || !(Math.abs(nowSeconds) < Double.POSITIVE_INFINITY)) {
      rejected++;
      return false;
    }
    double kept = known ? fade(Math.max(seconds, nowSeconds - last)) : 0;
    estimate = estimate * kept + bits / seconds * (1 - kept);
    known = true;
    last = nowSeconds;
    return true;
  }

  /**
   * Learns how good a promise was.
   *
   * @param promised rate at which a transfer was decided on, in bit/s
   * @param truth its mean rate, in bit/s
   * @param nowSeconds its end; outcomes that follow within 0.2 s are not counted, so that a burst
   *     of small transfers does not push longer times out of memory
   */
  public void outcome(double promised, double truth, double nowSeconds) {
    if (!(promised > 0) || !(truth >= 0) || nowSeconds < lastOutcome + OUTCOME_GAP_SECONDS) {
      return;
    }
    remember(Math.min(LARGEST_RATIO, truth / promised));
    lastOutcome = nowSeconds;
  }

  /** Reports ask for quantiles more often than ratios come in, so these are kept in order. */
  private void remember(double ratio) {
    int size = size();
    int place = (int) (outcomes % MEMORY);
    int gap = outcomes < MEMORY ? size : Arrays.binarySearch(sorted, 0, size, ratios[place]);
    for (; gap > 0 && sorted[gap - 1] > ratio; gap--) {
      sorted[gap] = sorted[gap - 1];
    }
    for (; gap + 1 < size && sorted[gap + 1] < ratio; gap++) {
      sorted[gap] = sorted[gap + 1];
    }
    sorted[gap] = ratio;
    ratios[place] = ratio;
    outcomes++;
  }

  private int size() {
    return (int) Math.min(outcomes, MEMORY);
  }

  /** Equally likely ratios of true over promised rate: 15 quantiles of the last 128 outcomes. */
  public RateError error() {
    Double[] quantiles = new Double[QUANTILES];
    for (int i = 0; i < QUANTILES; i++) {
      quantiles[i] = sorted[(int) ((i + 0.5) / QUANTILES * size())];
    }
    return new RateError(List.of(quantiles));
  }

  private static double fade(double seconds) {
    return Math.exp(-seconds * (Math.log(2) / HALF_LIFE_SECONDS));
  }
}
