package io.cleave.testbed.world;

import io.cleave.policies.plan.Plan;

/**
 * What became of one frame.
 *
 * @param frame number, from 0
 * @param arrivalSeconds since the run's start
 * @param latencySeconds from arrival to the first answer
 * @param plan that it ran under
 * @param outcome what it cost and how it ended
 */
public record FrameRecord(
    long frame, double arrivalSeconds, double latencySeconds, Plan plan, Outcome outcome) {
  /**
   * What a frame cost and how it ended.
   *
   * @param predictedSeconds latency that the plan promised when the frame started
   * @param uplinkBits really sent, a cancelled rest not counted
   * @param joules taken from the device
   * @param hedgeJoules of these, spent on computing beside the awaited answer
   * @param hedgeWon true if the device's own continuation answered first
   */
  public record Outcome(
      double predictedSeconds,
      double uplinkBits,
      double joules,
      double hedgeJoules,
      boolean hedgeWon) {}
}
