package io.cleave.policies.control;

import io.cleave.policies.wire.LinkReport;
import java.util.Optional;

/**
 * All that the device's end of a link knows of it: estimates of both directions, the transfers
 * under way, the round trip, and when to probe. The simulated agent and the real one both hold one
 * for each server. Owned by one thread.
 */
public final class LinkWatch {
  private final RateEstimator up = new RateEstimator();
  private final RateEstimator down = new RateEstimator();
  private final TransferMeter sending = new TransferMeter(up);
  private final TransferMeter receiving = new TransferMeter(down);
  private final ProbeSchedule probes = new ProbeSchedule();
  private double rttSeconds;

  public RateEstimator up() {
    return up;
  }

  public RateEstimator down() {
    return down;
  }

  public TransferMeter sending() {
    return sending;
  }

  public TransferMeter receiving() {
    return receiving;
  }

  public ProbeSchedule probes() {
    return probes;
  }

  /** The last round trip that was measured; 0 before the first. */
  public double rttSeconds() {
    return rttSeconds;
  }

  /** A round trip was measured, payload deducted. */
  public void roundTrip(double seconds) {
    rttSeconds = seconds;
  }

  /**
   * What the controller is told; empty until the uplink was measured. Until an answer came back the
   * downlink is taken to be as fast as the uplink.
   */
  public Optional<LinkReport> report(String server) {
    if (!up.known()) {
      return Optional.empty();
    }
    double back = down.known() ? down.bitsPerSecond() : up.bitsPerSecond();
    return Optional.of(
        new LinkReport(server, up.bitsPerSecond(), back, rttSeconds, up.error().ratios()));
  }
}
