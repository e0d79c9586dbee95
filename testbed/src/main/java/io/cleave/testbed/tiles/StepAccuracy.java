package io.cleave.testbed.tiles;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.exits.ExitEvaluation;

/**
 * What a step of retraining came to, shares of images answered rightly, 0 to 1.
 *
 * @param step its name
 * @param validation images that training chose by, after the step
 * @param before test images, with the weights of the step before
 * @param after test images, retrained
 */
public record StepAccuracy(String step, double validation, double before, double after) {
  /** Asks the step's models. */
  public static StepAccuracy of(
      Retraining.Step step, LabelledImages validating, LabelledImages test, int classes) {
    return new StepAccuracy(
        step.name(),
        right(step.after(), validating, classes),
        right(step.before(), test, classes),
        right(step.after(), test, classes));
  }

  private static double right(byte[] model, LabelledImages images, int classes) {
    return ExitEvaluation.of(model, images, classes).accuracy(0);
  }
}
