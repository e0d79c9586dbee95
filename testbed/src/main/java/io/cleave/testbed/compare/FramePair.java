package io.cleave.testbed.compare;

import io.cleave.testbed.world.FrameRecord;

/**
 * One frame in the real run and in three simulated ones.
 *
 * @param measured in the real run
 * @param simulated by the machines' classes, with the decisions of that run
 * @param calibrated the same by machines as fast as they were measured
 * @param repriced by the same machines, with the start and the plan of the real run
 */
public record FramePair(
    FrameRecord measured, FrameRecord simulated, FrameRecord calibrated, FrameRecord repriced) {
  public FramePair {
    long frame = measured.frame();
    if (simulated.frame() != frame || calibrated.frame() != frame || repriced.frame() != frame) {
      throw new IllegalArgumentException(
          "Only the same frame can be compared, not %d, %d, %d and %d."
              .formatted(frame, simulated.frame(), calibrated.frame(), repriced.frame()));
    }
  }

  /**
   * True if the frame left where its recorded answers say that it leaves under the plan that it ran
   * under, and as right or wrong as they say.
   */
  boolean sameAnswer() {
    return measured.answered().equals(repriced.answered());
  }

  /** True if the calibrated run sent the same layers to the same machines in the same form. */
  boolean samePlan() {
    return measured.plan().codec() == calibrated.plan().codec()
        && measured.plan().stages().equals(calibrated.plan().stages());
  }
}
