package io.cleave.agents.frame;

import io.cleave.agents.link.ErrandEvent;

/**
 * Where one frame's time went, in seconds, and what it moved, in bytes on the wire. The parts of an
 * answer that came the plan's way add up to its latency; of one that the device gave alone, all is
 * the device's. Owned by the loop.
 */
final class Ledger {
  private double mark;
  double deviceSeconds;
  double codecSeconds;
  double uplinkSeconds;
  double queueSeconds;
  double remoteSeconds;
  double downlinkSeconds;
  double deviceBusySeconds;
  double hedgeBusySeconds;
  long uplinkBytes;
  long downlinkBytes;
  private double crossed;

  /** Starts to count at the frame's arrival. */
  Ledger(double arrivalSeconds) {
    this.mark = arrivalSeconds;
    this.crossed = arrivalSeconds;
  }

  /** The device had the frame until now, waiting and running. */
  void device(double now) {
    deviceSeconds += now - mark;
    mark = now;
  }

  /** The upload is across, as the far end said. */
  void crossed(double now) {
    crossed = now;
  }

  /**
   * The answer of a stage is here.
   *
   * @param rttSeconds of the link: half of it, the word that the upload is across was under way
   */
  void answered(ErrandEvent.There there, double rttSeconds, double now) {
    double links =
        now - mark - there.queueSeconds() - there.computeSeconds() - there.codecSeconds();
    double up = Math.max(0, Math.min(links, crossed - mark - rttSeconds / 2));
    uplinkSeconds += up;
    downlinkSeconds += Math.max(0, links - up);
    queueSeconds += there.queueSeconds();
    remoteSeconds += there.computeSeconds();
    codecSeconds += there.codecSeconds();
    mark = now;
  }

  /** The device gave the answer alone: what the way did meanwhile did not count. */
  void alone(double arrivalSeconds, double now) {
    deviceSeconds = now - arrivalSeconds;
    codecSeconds = 0;
    uplinkSeconds = 0;
    queueSeconds = 0;
    remoteSeconds = 0;
    downlinkSeconds = 0;
  }

  FrameRecord.Parts parts() {
    return new FrameRecord.Parts(
        deviceSeconds,
        codecSeconds,
        uplinkSeconds,
        queueSeconds,
        remoteSeconds,
        downlinkSeconds,
        deviceBusySeconds,
        hedgeBusySeconds,
        uplinkBytes,
        downlinkBytes);
  }
}
