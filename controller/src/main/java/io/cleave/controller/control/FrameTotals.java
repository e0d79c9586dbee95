package io.cleave.controller.control;

import io.cleave.policies.wire.FrameReport.Counts;

/**
 * Frames of a device over all its sessions.
 *
 * @param ended of sessions that are over
 * @param epoch of the session under way
 * @param current counts of the session under way
 */
record FrameTotals(Counts ended, long epoch, Counts current) {
  private static final Counts NONE = new Counts(0, 0, 0, 0, 0);
  static final FrameTotals ZERO = new FrameTotals(NONE, 0, NONE);

  /** With the freshest report of a session. */
  FrameTotals with(long newEpoch, Counts counts) {
    return newEpoch == epoch
        ? new FrameTotals(ended, epoch, counts)
        : new FrameTotals(total(), newEpoch, counts);
  }

  /**
   * Frames that no report said were answered, of sessions that are over.
   *
   * @param over whether the newest session is over as well
   */
  long lost(boolean over) {
    return unanswered(ended) + (over ? unanswered(current) : 0);
  }

  private static long unanswered(Counts counts) {
    return counts.submitted() - counts.completed();
  }

  Counts total() {
    return new Counts(
        ended.submitted() + current.submitted(),
        ended.completed() + current.completed(),
        ended.late() + current.late(),
        ended.offloaded() + current.offloaded(),
        ended.rescued() + current.rescued());
  }
}
