package io.cleave.testbed.world;

import java.util.List;

/**
 * What a run amounted to, beside its frames.
 *
 * @param frames that came in; as many were answered
 * @param events of the simulation
 * @param control what was reported and decided
 * @param traffic what crossed the links
 * @param rest what the device continued alone
 * @param serverBusySeconds [server] for which it worked, in the order of the site's servers
 */
public record RunTally(
    long frames,
    long events,
    Control control,
    Traffic traffic,
    Rest rest,
    List<Double> serverBusySeconds) {
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

  /** Adds up what devices tell. */
  static final class Sum {
    private long frames;
    private long decisions;
    private long switches;
    private long planChanges;
    private double upBits;
    private double downBits;
    private long probes;
    private double probeBits;
    private double probeJoules;
    private long started;
    private long won;
    private long expired;
    private long rejected;

    void add(Party party, Journey journey) {
      frames += party.count();
      decisions += party.agent().adopted();
      switches += party.agent().switches();
      planChanges += party.planChanges();
      probes += party.agent().probes();
      started += journey.hedges();
      won += journey.hedgesWon();
      expired += journey.expired();
      for (Remote remote : party.remotes()) {
        upBits += remote.up().frameBits();
        downBits += remote.down().frameBits();
        probeBits += remote.up().probeBits() + remote.down().probeBits();
        probeJoules += remote.up().probeJoules() + remote.down().probeJoules();
        rejected += remote.watch().up().rejected() + remote.watch().down().rejected();
      }
    }

    RunTally tally(long events, long reports, List<Double> serverBusySeconds) {
      return new RunTally(
          frames,
          events,
          new Control(reports, decisions, switches, planChanges),
          new Traffic(upBits, downBits, probes, probeBits, probeJoules),
          new Rest(started, won, expired, rejected),
          serverBusySeconds);
    }
  }
}
