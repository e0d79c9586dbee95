package io.cleave.policies.answers;

/**
 * What is known of a network's exits. Planners choose by the first and are judged by the second; no
 * image is in both.
 *
 * @param calibration answers to the images by which thresholds are chosen
 * @param test answers to images that nothing was chosen by
 */
public record ExitStudy(ExitAnswers calibration, ExitAnswers test) {
  public ExitStudy {
    if (calibration.exits().size() != test.exits().size()
        || calibration.classes() != test.classes()) {
      throw new IllegalArgumentException(
          "Both sets of answers are of one network, not of %d and %d exits with %d and %d classes."
              .formatted(
                  calibration.exits().size(),
                  test.exits().size(),
                  calibration.classes(),
                  test.classes()));
    }
  }
}
