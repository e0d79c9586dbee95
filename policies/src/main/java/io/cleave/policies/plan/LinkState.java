package io.cleave.policies.plan;

import io.cleave.policies.units.Bandwidth;

/**
 * A link between the device and a server as last estimated.
 *
 * @param up from the device
 * @param down to the device
 * @param rttSeconds there and back without payload
 * @param upError how wrong estimates of {@code up} have been
 */
public record LinkState(Bandwidth up, Bandwidth down, double rttSeconds, RateError upError) {
  public LinkState {
    if (!(rttSeconds >= 0) || Double.isInfinite(rttSeconds)) {
      throw new IllegalArgumentException(
          "A round-trip time must be finite and at least 0 s, not %s.".formatted(rttSeconds));
    }
  }

  /** The same link with another uplink rate. */
  public LinkState withUp(Bandwidth newUp) {
    return new LinkState(newUp, down, rttSeconds, upError);
  }
}
