package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.onnx.Zoo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilterCriterionTest {
  private static final int SIZE = 16;
  private static final List<Double> WEIGHTS = List.of(0.5, 1.0);

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("small-exits.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      Zoo.SMALL_EXITS.write(1, Map.of(), out);
    }
  }

  /**
   * The slope of an image's loss as a filter and its bias are made longer, which is activation
   * times gradient, summed over the map; of several images the mean of what each has, without sign.
   */
  @Test
  void isTheSlopeOfTheLossWhenAFilterIsMadeLonger() {
    TrainedNetwork network = TrainedNetwork.read(file);
    LabelledImages images = images(3);
    Map<String, double[]> scores =
        FilterCriterion.TAYLOR.scores(network, new FilterCriterion.Shown(images, WEIGHTS));
    assertThat(scores.keySet()).containsExactly("conv1", "conv2");
    for (Map.Entry<String, double[]> layer : scores.entrySet()) {
      double largest = Arrays.stream(layer.getValue()).max().orElseThrow();
      assertThat(largest).isGreaterThan(1e-4);
      for (int filter = 0; filter < layer.getValue().length; filter++) {
        double sum = 0;
        for (int image = 0; image < images.count(); image++) {
          LabelledImages one = images.range(image, image + 1);
          double more = loss(network.with(longer(network, layer.getKey(), filter, 1.01f)), one);
          double less = loss(network.with(longer(network, layer.getKey(), filter, 0.99f)), one);
          sum += Math.abs(more - less) / 0.02;
        }
        assertThat(layer.getValue()[filter] / images.count())
            .as("%s %d", layer.getKey(), filter)
            .isCloseTo(sum / images.count(), within(0.03 * largest));
      }
    }
  }

  private static Map<String, float[]> longer(
      TrainedNetwork network, String layer, int filter, float factor) {
    Map<String, float[]> weights = network.weights();
    int filters = network.filters().of(layer).filters();
    for (String part : List.of(".weight", ".bias")) {
      float[] values = Objects.requireNonNull(weights.get(layer + part));
      int each = values.length / filters;
      for (int i = filter * each; i < (filter + 1) * each; i++) {
        values[i] *= factor;
      }
    }
    return weights;
  }

  private static double loss(TrainedNetwork trained, LabelledImages images) {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork network =
          new TrainableNetwork(trained.architecture(), manager, trained.weights());
      ImageBatches batches = new ImageBatches(images);
      NDArray shown = batches.plain(manager, 0, images.count());
      NDArray labels = batches.labels(manager, 0, images.count());
      return ExitLoss.of(network.forward(shown, false), labels, WEIGHTS).getFloat();
    }
  }

  @Test
  void measuresTheLengthOfAFiltersWeights() {
    TrainedNetwork network = TrainedNetwork.read(file);
    Map<String, double[]> scores =
        FilterCriterion.NORM.scores(network, new FilterCriterion.Shown(images(1), WEIGHTS));
    float[] kernel = Objects.requireNonNull(network.weights().get("conv1.weight")); // 8 x 1 x 3 x 3
    double squares = 0;
    for (int i = 2 * 9; i < 3 * 9; i++) {
      squares += (double) kernel[i] * kernel[i];
    }
    assertThat(Objects.requireNonNull(scores.get("conv1"))[2])
        .isCloseTo(Math.sqrt(squares), within(1e-9));
    assertThat(scores.get("conv2")).hasSize(16);
  }

  /** After as many steps from the same weights, filters are shorter, and still the file's. */
  @Test
  void drawsFiltersToZeroWhileTheNetworkLearns() {
    TrainedNetwork network = TrainedNetwork.read(file);
    double free = shortest(network, 0);
    double drawn = shortest(network, 0.2);
    assertThat(drawn).isLessThan(0.8 * free);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupLasso(Double.NaN, List.of()))
        .withMessageContaining("at least 0, not NaN");
  }

  private static double shortest(TrainedNetwork network, double strength) {
    LabelledImages images = images(64);
    ExitRecipe recipe = new ExitRecipe(0, 4, 16, 0.01, 0, WEIGHTS, 4, 1);
    try (ExitTraining training =
        ExitTraining.from(
            network.weights(),
            network.architecture(),
            recipe,
            new ExitTraining.Images(images, images),
            Handicap.of(new GroupLasso(strength, network.filters().all())),
            (part, done, loss) -> assertThat(loss).isFinite())) {
      training.run();
      TrainedNetwork learned = network.with(training.network().weights());
      double[] norms =
          FilterCriterion.NORM
              .scores(learned, new FilterCriterion.Shown(images, WEIGHTS))
              .getOrDefault("conv2", new double[0]);
      return Arrays.stream(norms).min().orElseThrow();
    }
  }

  /** Training goes on where filters are gone. */
  @Test
  void trainsASmallerNetwork() {
    TrainedNetwork network = TrainedNetwork.read(file);
    Map<String, BitSet> gone =
        FilterChoice.worthLeast(
            Map.of("conv2", new FilterChoice.Candidates(new double[16], 4)), 12);
    TrainedNetwork small = network.without(gone);
    assertThat(small.filters().of("conv2").filters()).isEqualTo(4);
    assertThat(shortest(small, 0)).isPositive();
  }

  private static LabelledImages images(int count) {
    Random random = new Random(7);
    byte[] pixels = new byte[count * SIZE * SIZE];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
    }
    return new LabelledImages(SIZE, SIZE, pixels, labels);
  }
}
