package io.cleave.testbed.world;

/**
 * What a run amounted to, beside its frames.
 *
 * @param frames that came in; as many were answered
 * @param events of the simulation
 * @param control what was reported and decided
 * @param traffic what crossed the links
 * @param rest what the device continued alone
 */
public record RunTally(long frames, long events, Control control, Traffic traffic, Rest rest) {
  /**
   * What was reported and decided.
   *
   * @param reports that the controller took, of devices and servers
   * @param decisions new versions that the device adopted
   * @param switches of these, those that changed the plan at the reported rate
   * @param planChanges frames that ran under another cut or codec than the frame before
   */
  public record Control(long reports, long decisions, long switches, long planChanges) {}

  /**
   * What crossed the links.
   *
   * @param uplinkBits of frames, measured on the link, cancelled transfers up to their end
   * @param downlinkBits of answers, likewise
   * @param probes that were sent
   * @param probeBits in both directions
   * @param probeJoules that the device's radio took for them
   */
  public record Traffic(
      double uplinkBits, double downlinkBits, long probes, double probeBits, double probeJoules) {}

  /**
   * What the device continued alone.
   *
   * @param started frames whose continuation began
   * @param won of these, those that it answered first
   * @param expired frames whose upload was dropped since it still waited at the frame's deadline
   * @param rejectedSamples that the device's estimators dropped
   */
  public record Rest(long started, long won, long expired, long rejectedSamples) {}

  public long decisions() {
    return control.decisions();
  }

  public long switches() {
    return control.switches();
  }

  public long planChanges() {
    return control.planChanges();
  }

  public long probes() {
    return traffic.probes();
  }
}
