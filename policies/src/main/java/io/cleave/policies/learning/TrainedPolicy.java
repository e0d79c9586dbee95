package io.cleave.policies.learning;

import io.cleave.policies.plan.LearningPoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was learned, as it is kept in a file: an ONNX network that names the features it was trained
 * with, so that weights never meet features of another meaning.
 *
 * @param scorer corrects expected costs
 * @param notes how it came about, by key
 */
public record TrainedPolicy(Perceptron scorer, Map<String, String> notes) {
  /** Note that says whether it corrects the cost model. */
  static final String RESIDUAL = "residual";

  private static final String FEATURES = "features";
  private static final String CURVE = "curve"; // lessons:ratio:spread of each round
  private static final String SHIPPED = "policy.onnx";

  public TrainedPolicy {
    notes = Map.copyOf(notes);
  }

  /** The one that ships. */
  public static TrainedPolicy shipped() {
    return of(WeightsFile.shipped(SHIPPED));
  }

  /**
   * The one in a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or was trained with other features than
   *     those of this version
   */
  public static TrainedPolicy read(Path file) {
    return of(WeightsFile.read(file));
  }

  static TrainedPolicy of(WeightsFile file) {
    String features = file.notes().getOrDefault(FEATURES, "");
    checkFeatures(file.what(), features.isEmpty() ? List.of() : List.of(features.split(",", -1)));
    Map<String, String> notes = new TreeMap<>(file.notes());
    notes.remove(FEATURES);
    return new TrainedPolicy(file.network(), notes);
  }

  private static void checkFeatures(String what, List<String> trained) {
    List<String> schema = Features.schema();
    for (int i = 0; i < Math.max(schema.size(), trained.size()); i++) {
      String here = i < schema.size() ? schema.get(i) : "none";
      String there = i < trained.size() ? trained.get(i) : "none";
      if (!here.equals(there)) {
        throw new IllegalArgumentException(
            "%s was trained with other features than this version has: the one at place %d was %s and is %s. Train anew with ./cleave train policy."
                .formatted(what, i + 1, there, here));
      }
    }
  }

  /** The same, with how it came about. */
  TrainedPolicy after(List<LearningPoint> curve) {
    Map<String, String> more = new TreeMap<>(notes);
    more.put(CURVE, curve.stream().map(TrainedPolicy::text).collect(Collectors.joining(",")));
    return new TrainedPolicy(scorer, more);
  }

  private static String text(LearningPoint point) {
    return String.format(
        Locale.ROOT, "%d:%.5f:%.5f", point.lessons(), point.ratio(), point.spread());
  }

  /**
   * How it came about, round by round; nothing if its file does not tell.
   *
   * @throws IllegalArgumentException if what the file tells is no curve
   */
  List<LearningPoint> curve() {
    String curve = notes.getOrDefault(CURVE, "");
    return curve.isEmpty()
        ? List.of()
        : Arrays.stream(curve.split(",", -1)).map(TrainedPolicy::point).toList();
  }

  private static LearningPoint point(String text) {
    String[] parts = text.split(":", -1);
    try {
      return new LearningPoint(
          Long.parseLong(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          "The weights' learning curve has '%s' where lessons:ratio:spread is due, such as 11046:0.98:0.002. Train anew with ./cleave train policy."
              .formatted(text),
          wrong);
    }
  }

  /**
   * @throws IllegalArgumentException if it was learned from scratch, so that it corrects nothing
   */
  void checkCorrects() {
    if (notes.getOrDefault(RESIDUAL, "true").equals("false")) {
      throw new IllegalArgumentException(
          "These weights were learned from scratch, to be compared with; they do not correct the cost model. Train others with ./cleave train policy.");
    }
  }

  /** The file's content. */
  public byte[] bytes() {
    Map<String, String> all = new TreeMap<>(notes);
    all.put(FEATURES, String.join(",", Features.schema()));
    return WeightsFile.bytes(scorer, all);
  }
}
