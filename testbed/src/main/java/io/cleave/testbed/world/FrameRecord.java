package io.cleave.testbed.world;

import io.cleave.policies.plan.Plan;
import java.util.Optional;

/**
 * What became of one frame.
 *
 * @param frame number, from 0
 * @param arrivalSeconds since the run's start
 * @param latencySeconds from arrival to the first answer
 * @param plan that it ran under
 * @param outcome what it cost and how it ended
 * @param answered what it showed and where it left, if the network has exits
 */
public record FrameRecord(
    long frame,
    double arrivalSeconds,
    double latencySeconds,
    Plan plan,
    Outcome outcome,
    Optional<Answered> answered) {
  /**
   * The answer to a frame.
   *
   * @param image that it showed, by its place in the test set
   * @param exit that answered, 1 for the first
   * @param right whether that is the image's class
   */
  public record Answered(int image, int exit, boolean right) {}

  /**
   * What a frame cost and how it ended.
   *
   * @param predictedSeconds latency that the plan promised when the frame started
   * @param uplinkBits really sent, a cancelled rest not counted
   * @param joules taken from the device
   * @param hedgeJoules of these, spent on computing beside the awaited answer
   * @param hedgeWon true if the device's own continuation answered first
   * @param zeros pieces that did not come in time and were taken for zeros
   */
  public record Outcome(
      double predictedSeconds,
      double uplinkBits,
      double joules,
      double hedgeJoules,
      boolean hedgeWon,
      int zeros) {}
}
