package io.cleave.traces;

import java.util.Arrays;

/**
 * What one direction of a link can carry: piecewise constant, repeated for ever with its period.
 *
 * <p>Cumulative bits are kept at every step, so that the end of a transfer is a binary search: time
 * O(log steps), whatever the number of laps. During an outage a transfer waits and goes on
 * afterwards. Unused capacity is lost. Immutable; times are seconds since the trace's start.
 */
public final class Capacity {
  /** What rounding adds to a transfer, in parts of it, must not wait for the end of an outage. */
  private static final double ROUNDING = 1e-14;

  private final double[] starts; // [steps + 1]; the last is the period
  private final double[] rates; // [steps] bit/s
  private final double[] bits; // [steps + 1] carried since the start of the lap

  /**
   * Checks and freezes a direction.
   *
   * @param starts [steps + 1] seconds: 0, then strictly ascending; the last is the period
   * @param rates [steps] bit/s, finite and at least 0, not all 0
   */
  public Capacity(double[] starts, double[] rates) {
    if (rates.length == 0 || starts.length != rates.length + 1 || starts[0] != 0) {
      throw new IllegalArgumentException(
          "A capacity needs n rates and n + 1 times that begin at 0, not %d rates and %d times."
              .formatted(rates.length, starts.length));
    }
    this.starts = starts.clone();
    this.rates = rates.clone();
    this.bits = new double[starts.length];
    for (int i = 0; i < rates.length; i++) {
      if (!(starts[i + 1] > starts[i]) || Double.isInfinite(starts[i + 1])) {
        throw new IllegalArgumentException(
            "Times must ascend: %s s comes after %s s.".formatted(starts[i + 1], starts[i]));
      }
      if (!(rates[i] >= 0) || Double.isInfinite(rates[i])) {
        throw new IllegalArgumentException(
            "A rate must be finite and at least 0 bit/s, not %s at %s s."
                .formatted(rates[i], starts[i]));
      }
      bits[i + 1] = bits[i] + rates[i] * (starts[i + 1] - starts[i]);
    }
    if (Double.isInfinite(bits[rates.length])) {
      throw new IllegalArgumentException("The whole trace carries more bits than can be counted.");
    }
    if (bits[rates.length] == 0) {
      throw new IllegalArgumentException(
          "The whole trace carries nothing: a transfer would never end.");
    }
  }

  public int steps() {
    return rates.length;
  }

  public double periodSeconds() {
    return starts[rates.length];
  }

  public double bitsPerLap() {
    return bits[rates.length];
  }

  public double meanBitsPerSecond() {
    return bitsPerLap() / periodSeconds();
  }

  /** Start of a step in seconds; the period for {@code step == steps()}. */
  public double startSeconds(int step) {
    return starts[step];
  }

  /** Rate of a step in bit/s. */
  public double bitsPerSecond(int step) {
    return rates[step];
  }

  /** Rate at a time in bit/s. */
  public double rateAt(double seconds) {
    return rates[stepAt(inLap(seconds))];
  }

  /** Bits that the link carries from time 0 to this time, laps included. */
  public double bitsUntil(double seconds) {
    double laps = Math.floor(seconds / periodSeconds());
    double within = Math.max(0, seconds - laps * periodSeconds()); // the division may round up
    int step = stepAt(within);
    return laps * bitsPerLap() + bits[step] + rates[step] * (within - starts[step]);
  }

  /**
   * When a transfer ends that has the link for itself.
   *
   * @param startSeconds at least 0
   * @param size in bits, at least 0
   * @return seconds, at least {@code startSeconds}
   */
  public double finish(double startSeconds, double size) {
    if (!(startSeconds >= 0 && startSeconds < Double.POSITIVE_INFINITY)
        || !(size >= 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A transfer needs a finite start and size of at least 0, not %s s and %s bits."
              .formatted(startSeconds, size));
    }
    if (size == 0) {
      return startSeconds;
    }
    double lapStart = Math.floor(startSeconds / periodSeconds()) * periodSeconds();
    double within = Math.max(0, startSeconds - lapStart);
    int step = stepAt(within);
    double goal = bits[step] + rates[step] * (within - starts[step]) + size;
    double laps = Math.ceil(goal / bitsPerLap()) - 1; // the end of a lap belongs to that lap
    double rest = goal - laps * bitsPerLap();
    if (rest <= 0) { // the division rounded up: it is the end of the lap before
      laps--;
      rest = bitsPerLap();
    }
    rest = Math.min(rest, bitsPerLap());
    int last = stepThatReaches(rest - ROUNDING * goal);
    double end = Math.min(starts[last + 1], starts[last] + (rest - bits[last]) / rates[last]);
    return Math.max(startSeconds, lapStart + laps * periodSeconds() + end);
  }

  private double inLap(double seconds) {
    return Math.max(0, seconds - Math.floor(seconds / periodSeconds()) * periodSeconds());
  }

  private int stepAt(double within) {
    int found = Arrays.binarySearch(starts, within);
    int step = found >= 0 ? found : -found - 2;
    return Math.min(step, rates.length - 1);
  }

  /**
   * The first step at whose end at least so many bits have passed. It is no outage, since fewer
   * bits have passed at its start.
   *
   * @param amount in bits, at most a lap's
   */
  private int stepThatReaches(double amount) {
    int low = 0;
    int high = rates.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bits[middle + 1] >= amount) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
