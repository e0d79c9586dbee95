package io.cleave.testbed.exits;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.onnx.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** The file's content. */
  public static byte[] content(
      Architecture architecture,
      byte[] model,
      ExitRecipe recipe,
      ExitAnswers calibration,
      ExitAnswers test) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("network", architecture.name());
    root.put("model_sha256", sha256(model));
    root.put("classes", architecture.classes());
    root.put("calibration_images", calibration.images());
    root.put("test_images", test.images());
    root.set("recipe", recipe(recipe));
    for (int exit = 0; exit < architecture.outputs().size(); exit++) {
      ObjectNode node = root.withArray("exits").addObject();
      node.put("output", architecture.outputs().get(exit));
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

  private static ObjectNode recipe(ExitRecipe recipe) {
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

  /** By which files beside a model say that they are of it. */
  public static String sha256(byte[] model) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException(error);
    }
  }
}
