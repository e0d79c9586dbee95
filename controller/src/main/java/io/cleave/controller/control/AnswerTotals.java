package io.cleave.controller.control;

import io.cleave.policies.wire.FrameReport.Answers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a device's frames were told, over all its sessions.
 *
 * @param ended of sessions that are over
 * @param epoch of the session under way
 * @param current of the session under way
 */
record AnswerTotals(Answers ended, long epoch, Answers current) {
  static final AnswerTotals ZERO = new AnswerTotals(Answers.NONE, 0, Answers.NONE);

  /** With the freshest report of a session. */
  AnswerTotals with(long newEpoch, Answers answers) {
    return newEpoch == epoch
        ? new AnswerTotals(ended, epoch, answers)
        : new AnswerTotals(total(), newEpoch, answers);
  }

  Answers total() {
    List<Long> byExit = new ArrayList<>();
    for (int exit = 0; exit < Math.max(exits(ended), exits(current)); exit++) {
      byExit.add(at(ended, exit) + at(current, exit));
    }
    return new Answers(
        byExit, ended.labelled() + current.labelled(), ended.right() + current.right());
  }

  private static int exits(Answers answers) {
    return answers.byExit().size();
  }

  private static long at(Answers answers, int exit) {
    return exit < exits(answers) ? answers.byExit().get(exit) : 0;
  }
}
