package io.cleave.testbed.exits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.learning.ExitRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is kept of a trained network's exits beside its ONNX file: of each exit the accuracy on all
 * images, and for a grid of thresholds how many images leave there and how many of them rightly, on
 * the images for calibration and on those for the test. Thresholds are chosen by the former only.
 */
public final class ExitFile {
  private static final String FORMAT = "cleave-exits-1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 20;

  private ExitFile() {}

  /** Where a model's exits are described. */
  public static Path beside(Path model) {
    String name = String.valueOf(model.getFileName()).replaceAll("\\.onnx$", "");
    return model.resolveSibling(name + ".exits.json");
  }

  /**
   * The file's content.
   *
   * @param outputs names of the exits
   * @param recipe by which the model was trained, if that is known
   */
  public static byte[] content(
      String modelSha256, List<String> outputs, ExitStudy study, Optional<JsonNode> recipe) {
    ExitAnswers calibration = study.calibration();
    ExitAnswers test = study.test();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("model_sha256", modelSha256);
    root.put("classes", test.classes());
    root.put("calibration_images", calibration.images());
    root.put("test_images", test.images());
    recipe.ifPresent(known -> root.set("recipe", known));
    for (int exit = 0; exit < outputs.size(); exit++) {
      ObjectNode node = root.withArray("exits").addObject();
      node.put("output", outputs.get(exit));
      node.put("calibration_accuracy", calibration.accuracy(exit));
      node.put("test_accuracy", test.accuracy(exit));
      for (ExitSignal signal : ExitSignal.values()) {
        grid(node, signal, exit, calibration, test);
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static void grid(
      ObjectNode node, ExitSignal signal, int exit, ExitAnswers calibration, ExitAnswers test) {
    double least = signal.least(calibration.classes());
    double range = signal.greatest(calibration.classes()) - least;
    for (double step :
        IntStream.rangeClosed(1, STEPS).mapToDouble(i -> (double) i / STEPS).toArray()) {
      double threshold = least + range * step;
      ExitAnswers.Outcome chosen = calibration.leaving(exit, signal, threshold);
      ExitAnswers.Outcome seen = test.leaving(exit, signal, threshold);
      node.withArray(signal == ExitSignal.ENTROPY ? "entropy_nats" : "confidence")
          .addObject()
          .put("threshold", threshold)
          .put("calibration_share", chosen.share())
          .put("calibration_accuracy", chosen.accuracy())
          .put("test_share", seen.share())
          .put("test_accuracy", seen.accuracy());
    }
  }

  /** The recipe in the file beside a model; empty if there is none or it is another model's. */
  public static Optional<JsonNode> recipe(Path model, String modelSha256) {
    try {
      JsonNode root = JSON.readTree(beside(model).toFile());
      return root.path("model_sha256").asText().equals(modelSha256) && root.has("recipe")
          ? Optional.of(root.get("recipe"))
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** A recipe as the file has it. */
  public static JsonNode recipe(ExitRecipe recipe) {
    ObjectNode node = JSON.createObjectNode();
    node.put("seed", recipe.seed());
    node.put("trunk_epochs", recipe.trunkEpochs());
    node.put("epochs", recipe.epochs());
    node.put("batch", recipe.batch());
    node.put("learning_rate", recipe.learningRate());
    node.put("weight_decay", recipe.weightDecay());
    node.put("patience", recipe.patience());
    recipe.exitWeights().forEach(node.withArray("exit_weights")::add);
    return node;
  }
}
