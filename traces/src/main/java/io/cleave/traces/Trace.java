package io.cleave.traces;

/**
 * A recorded network: capacity in each direction on one clock, and the round-trip time.
 *
 * @param name shown to people and used in result files
 * @param source who recorded it and where it comes from
 * @param up from the device
 * @param down to the device, same period as {@code up}; the same object if one direction was
 *     recorded, which then stands for both
 * @param roundTrip without payload
 */
public record Trace(String name, String source, Capacity up, Capacity down, RoundTrip roundTrip) {
  public Trace {
    if (up.periodSeconds() != down.periodSeconds()) {
      throw new IllegalArgumentException(
          "Both directions of %s must share one clock: periods of %s s and %s s would drift apart."
              .formatted(name, up.periodSeconds(), down.periodSeconds()));
    }
  }

  public double periodSeconds() {
    return up.periodSeconds();
  }

  /** True if only one direction was recorded, which then stands for both. */
  public boolean oneWay() {
    return up == down;
  }

  /** The beginning of this trace, as a shorter one of the same name. */
  public Trace first(double seconds) {
    Capacity shorterDown = down.first(seconds);
    return new Trace(
        name, source, oneWay() ? shorterDown : up.first(seconds), shorterDown, roundTrip);
  }
}
