package io.cleave.policies.plan;

import io.cleave.policies.units.Bandwidth;
import java.util.List;

/**
 * A link between the device and a server as last estimated.
 *
 * @param up from the device
 * @param down to the device
 * @param rttSeconds there and back without payload
 * @param upError how wrong estimates of {@code up} have been
 * @param past estimates of {@code up} in the reports before, the newest first; at most {@value
 *     #PAST}
 */
public record LinkState(
    Bandwidth up, Bandwidth down, double rttSeconds, RateError upError, List<Bandwidth> past) {
  /** How many earlier estimates are remembered. */
  public static final int PAST = 8;

  public LinkState {
    past = List.copyOf(past);
    if (!(rttSeconds >= 0) || Double.isInfinite(rttSeconds)) {
      throw new IllegalArgumentException(
          "A round-trip time must be finite and at least 0 s, not %s.".formatted(rttSeconds));
    }
  }

  /** A link of which nobody remembers anything. */
  public LinkState(Bandwidth up, Bandwidth down, double rttSeconds, RateError upError) {
    this(up, down, rttSeconds, upError, List.of());
  }

  /** The same link with another uplink rate. */
  public LinkState withUp(Bandwidth newUp) {
    return new LinkState(newUp, down, rttSeconds, upError, past);
  }

  /** The same link, of which so much is remembered. */
  public LinkState withPast(List<Bandwidth> newPast) {
    return new LinkState(up, down, rttSeconds, upError, newPast);
  }
}
