package io.cleave.policies.partition;

/**
 * A way to run a frame and what the cost model expects of it at one estimate of the uplink.
 *
 * @param price of its cut
 * @param delay after which the device carries on alone, in seconds; infinite for never
 * @param cost expected, in seconds; may be infinite
 */
public record Prospect(UncertainPrice price, double delay, double cost) {
  /** False if all is done on the device. */
  public boolean helped() {
    return price.helped();
  }

  /** True if it is the same way as another, which may be expected to cost something else. */
  boolean same(Prospect other) {
    return price == other.price && delay == other.delay;
  }
}
