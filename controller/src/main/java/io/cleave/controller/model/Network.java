package io.cleave.controller.model;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.graph.DnnGraph;
import java.util.Optional;

/**
 * What a device runs.
 *
 * @param graph of the model
 * @param exits what its exits answered to the images for calibration; empty if it has none, or
 *     nobody measured them
 */
public record Network(DnnGraph graph, Optional<ExitAnswers> exits) {
  public Network {
    exits.ifPresent(answers -> answers.checkFits(graph));
  }
}
