package io.cleave.testbed.tiles;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.separable.ClippedLevels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a trained network one whose tiles need nothing of each other, a change at a time: tiles,
 * then clipped answers, then few levels; each begins with the weights that the one before ended
 * with.
 *
 * <p>Source: Zhang, Lin, Zhang, ADCNN, ICPP 2020: progressive retraining (as remembered).
 *
 * <p>Differs: stochastic gradient descent as for {@link ExitRecipe}; bounds of the clipping are
 * quantiles of what tiles answer, set once before the second step.
 */
public final class Retraining {
  private static final int LOOKED_AT = 2_000;
  private static final int BITS = 4;

  private final TilewiseNetwork network;
  private final ExitRecipe first;
  private final ExitRecipe later;
  private final ExitTraining.Images images;
  private final ExitTraining.Images fewer;
  private final Quantiles quantiles;

  /**
   * Where answers are clipped.
   *
   * @param lower share of all answers, rectified zeros included, that become 0; 0 to below 1
   * @param upper share of all answers that stay below the upper bound; above {@code lower}, below 1
   */
  public record Quantiles(double lower, double upper) {
    public Quantiles {
      if (!(lower >= 0) || !(upper > lower) || !(upper < 1)) {
        throw new IllegalArgumentException(
            "Shares are in 0..1, the lower below the upper; not %s and %s."
                .formatted(lower, upper));
      }
    }
  }

  /** The steps, in their order. */
  public enum Change {
    TILES("tiles", 0),
    CLIPPED("clipped", 1),
    FOUR_BITS("4 bits", 2);

    private final String id;
    private final int number;

    Change(String id, int number) {
      this.id = id;
      this.number = number;
    }

    /** Its place, from 0. */
    public int number() {
      return number;
    }

    /** As people write it. */
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * A step.
   *
   * @param name shown to people
   * @param before the model with the weights of the step before
   * @param after the model, retrained
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written nowhere
  public record Step(String name, byte[] before, byte[] after) {}

  /**
   * All that comes of it.
   *
   * @param steps in their order, the first the network as it was
   * @param model after the last step, to be run in tiles by several machines
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written nowhere
  public record Outcome(List<Step> steps, byte[] model) {}

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * After each batch.
     *
     * @param change that is learned
     * @param done of it, 0 to 1
     * @param loss of the batch
     */
    void at(Change change, double done, double loss);
  }

  /**
   * Whom to teach, and how.
   *
   * @param first recipe of the first step, which has the most to make up for
   * @param later recipe of the second and third step, which change little
   * @param fewer images that these learn from, at most
   */
  public Retraining(
      TilewiseNetwork network,
      ExitRecipe first,
      ExitRecipe later,
      ExitTraining.Images images,
      int fewer,
      Quantiles quantiles) {
    this.network = network;
    this.first = first;
    this.later = later;
    this.images = images;
    LabelledImages training = images.training();
    this.fewer =
        new ExitTraining.Images(
            training.range(Math.max(0, training.count() - fewer), training.count()),
            images.validation());
    this.quantiles = quantiles;
  }

  /**
   * Takes all steps.
   *
   * @param trained weights of the whole network
   */
  public Outcome run(Map<String, float[]> trained, Progress progress) {
    List<Step> steps = new ArrayList<>();
    byte[] whole = written(network.whole(), trained);
    steps.add(new Step("whole", whole, whole));
    Map<String, float[]> tiled = step(Change.TILES, network.tiled(), trained, steps, progress);
    ClippedLevels levels = levels(written(network.undivided(Optional.empty()), tiled));
    Map<String, float[]> clipped =
        step(Change.CLIPPED, network.clipped(levels), tiled, steps, progress);
    Map<String, float[]> last =
        step(Change.FOUR_BITS, network.quantised(levels), clipped, steps, progress);
    return new Outcome(steps, written(network.undivided(Optional.of(levels)), last));
  }

  private Map<String, float[]> step(
      Change change,
      Architecture architecture,
      Map<String, float[]> from,
      List<Step> steps,
      Progress progress) {
    try (ExitTraining training =
        ExitTraining.from(
            from,
            architecture,
            change == Change.TILES ? first : later,
            change == Change.TILES ? images : fewer,
            (part, done, loss) -> progress.at(change, done, loss))) {
      Map<String, float[]> weights = training.run();
      steps.add(
          new Step(change.toString(), written(architecture, from), written(architecture, weights)));
      return weights;
    }
  }

  /** Bounds by what tiles answer to some images that they learned from. */
  private ClippedLevels levels(byte[] model) {
    LabelledImages some =
        images.training().range(0, Math.min(LOOKED_AT, images.training().count()));
    List<float[]> parts = new ArrayList<>();
    try (TileRun run = TileRun.of(model)) {
      run.forEach(some, (from, answers) -> answers.forEach(each -> parts.add(each.values())));
    }
    float[] all = new float[parts.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    Arrays.sort(all);
    return new ClippedLevels(
        Math.max(0, all[(int) (quantiles.lower() * all.length)]),
        all[(int) (quantiles.upper() * all.length)],
        BITS);
  }

  private static byte[] written(Architecture architecture, Map<String, float[]> weights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      architecture.write(weights, bytes);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return bytes.toByteArray();
  }
}
