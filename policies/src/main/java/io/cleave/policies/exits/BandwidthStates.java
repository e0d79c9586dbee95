package io.cleave.policies.exits;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The link rates for which strategies are kept.
 *
 * @param bitsPerSecond ascending, finite and above 0, at least one
 */
public record BandwidthStates(List<Double> bitsPerSecond) {
  public BandwidthStates {
    bitsPerSecond = List.copyOf(bitsPerSecond);
    double before = 0;
    for (double rate : bitsPerSecond) {
      if (!(rate > before) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException(
            "Rates must be finite, above 0 bit/s and ascending, not %s.".formatted(bitsPerSecond));
      }
      before = rate;
    }
    if (bitsPerSecond.isEmpty()) {
      throw new IllegalArgumentException("At least 1 rate is needed, not 0.");
    }
  }

  /** From one rate to another in so many equal ratios, both included. */
  public static BandwidthStates geometric(double least, double greatest, int count) {
    if (!(count > 1 && least > 0 && greatest > least) || Double.isInfinite(greatest)) {
      throw new IllegalArgumentException(
          "A grid needs at least 2 rates, from above 0 to more, finite; not %d from %s to %s."
              .formatted(count, least, greatest));
    }
    double ratio = Math.log(greatest / least) / (count - 1);
    return new BandwidthStates(
        IntStream.range(0, count).mapToObj(i -> least * Math.exp(ratio * i)).toList());
  }

  /** 50 kbit/s to about 100 Mbit/s, two for each doubling. */
  public static BandwidthStates standard() {
    return geometric(50e3, 50e3 * (1 << 11), 23);
  }

  /**
   * Place of the state whose ratio to a rate is nearest to 1; of two equally near ones the lower.
   */
  int nearest(double logRate) {
    int best = 0;
    for (int i = 1; i < bitsPerSecond.size(); i++) {
      double gain = distance(best, logRate) - distance(i, logRate);
      best = gain > 0 ? i : best;
    }
    return best;
  }

  private double distance(int state, double logRate) {
    return Math.abs(Math.log(bitsPerSecond.get(state)) - logRate);
  }
}
