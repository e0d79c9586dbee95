package io.cleave.testbed.world;

import io.cleave.policies.profile.EnergyModel;

/** What a frame of a device took in the end. */
final class Reckoning {
  private final Clock clock;
  private final Frames frames;
  private final EnergyModel power;
  private final Images images;

  Reckoning(Party party) {
    this.clock = party.clock();
    this.frames = party.frames();
    this.power = party.scenario().device().power();
    this.images = party.images();
  }

  /**
   * A frame that is answered now.
   *
   * @param byHedge true if the device's own continuation answered
   */
  FrameRecord record(int slot, boolean byHedge) {
    double hedge = power.computeWatts() * frames.hedgeSeconds[slot];
    double joules =
        power.computeWatts() * frames.deviceSeconds[slot]
            + hedge
            + frames.radioJoules[slot]
            + power.idleWatts() * frames.idleSeconds[slot];
    return new FrameRecord(
        frames.number[slot],
        frames.arrival[slot],
        clock.now() - frames.arrival[slot],
        frames.plan[slot].plan,
        new FrameRecord.Outcome(
            frames.predicted[slot],
            frames.uplinkBits[slot],
            joules,
            hedge,
            byHedge,
            frames.zeros[slot]),
        images.answered(frames, slot));
  }
}
