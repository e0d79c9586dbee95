package io.cleave.policies.wire;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.units.Bandwidth;
import java.util.List;

/**
 * A link as its device end estimates it.
 *
 * @param server agent at the far end
 * @param uplinkBitsPerSecond from the device, at least 0
 * @param downlinkBitsPerSecond to the device, at least 0
 * @param rttSeconds there and back without payload, at least 0
 * @param uplinkErrorRatios true rate over estimated rate, equally likely, ascending
 */
public record LinkReport(
    String server,
    double uplinkBitsPerSecond,
    double downlinkBitsPerSecond,
    double rttSeconds,
    List<Double> uplinkErrorRatios) {
  public LinkReport {
    uplinkErrorRatios = List.copyOf(uplinkErrorRatios);
    state(uplinkBitsPerSecond, downlinkBitsPerSecond, rttSeconds, uplinkErrorRatios);
  }

  /** The same as planners see it. */
  public LinkState state() {
    return state(uplinkBitsPerSecond, downlinkBitsPerSecond, rttSeconds, uplinkErrorRatios);
  }

  private static LinkState state(double up, double down, double rtt, List<Double> ratios) {
    return new LinkState(new Bandwidth(up), new Bandwidth(down), rtt, new RateError(ratios));
  }
}
