package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.Aggregation;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.onnx.ViewNetworks;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.separable.ClippedLevels;
import io.cleave.policies.tiling.Grid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExitTrainingTest {
  private static final int SIZE = 16;

  /** Stripes, the wider the higher the class, beneath noise. */
  private static final LabelledImages TRAINING = images(512, 1);

  private static final LabelledImages VALIDATION = images(200, 2);

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  @Test
  void learnsAndTheFileAnswersWhatTheEngineAnswers() throws IOException, OrtException {
    List<Double> losses = new ArrayList<>();
    try (ExitTraining training = training(recipe(3), losses)) {
      training.run();
      double guessing = 2 * Math.log(10); // both exits, each of ten classes as likely as the others
      assertThat(losses.get(losses.size() - 1)).isLessThan(0.5 * guessing);
      assertSame(training.network(), VALIDATION);
    }
  }

  @Test
  void givesTheSameNetworkForTheSameSeed() {
    List<Map<String, float[]>> networks = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      try (ExitTraining training = training(recipe(seed), new ArrayList<>())) {
        networks.add(training.run());
      }
    }
    assertThat(networks.get(0)).usingRecursiveComparison().isEqualTo(networks.get(1));
    String kernel = networks.get(0).keySet().iterator().next();
    assertThat(networks.get(0).get(kernel)).isNotEqualTo(networks.get(2).get(kernel));
  }

  /** Before any training, with weights as drawn: each operator is what ONNX says it is. */
  @ParameterizedTest
  @EnumSource(names = {"LENET_EXITS", "ALEXNET_EXITS", "RESNET20_EXITS"})
  void theFileAnswersWhatTheEngineAnswers(Zoo zoo) throws IOException, OrtException {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork network = new TrainableNetwork(zoo.architecture(), manager, 1);
      assertThat(network.architecture().outputs().get(0)).isEqualTo("exit1");
      assertSame(network, new LabelledImages(28, 28, noise(7 * 784), new byte[7]));
    }
  }

  /** Each way to join what devices computed is what ONNX says it is, trained a little. */
  @ParameterizedTest
  @EnumSource
  void theFileAnswersWhatTheEngineAnswersOfSixViews(Aggregation local)
      throws IOException, OrtException {
    for (Aggregation cloud : Aggregation.values()) {
      Architecture architecture = ViewNetworks.ddnn(local, cloud);
      assertThat(architecture.outputs()).containsExactly("exit1", "exit2");
      ExitRecipe recipe = new ExitRecipe(0, 1, 8, 0.01, 1e-4, List.of(1.0, 1.0), 1, 1);
      List<Double> losses = new ArrayList<>();
      try (ExitTraining training =
          new ExitTraining(
              architecture,
              recipe,
              sixViews(32),
              sixViews(8),
              (part, done, loss) -> losses.add(loss))) {
        training.run();
        assertThat(losses).hasSize(4).allMatch(Double::isFinite);
        assertSame(training.network(), sixViews(2));
      }
    }
  }

  /** Tiles, clipped answers and levels are what ONNX says they are, and so are trained weights. */
  @Test
  void goesOnFromWeightsInTiles() throws IOException, OrtException {
    TilewiseNetwork network =
        new TilewiseNetwork(Zoo.ALEXNET_EXITS.architecture(), 3, new Grid(2, 2)::tiles);
    LabelledImages images = new LabelledImages(28, 28, noise(16 * 784), new byte[16]);
    ExitRecipe recipe = new ExitRecipe(0, 1, 8, 0.001, 1e-4, List.of(1.0), 1, 1);
    Map<String, float[]> weights;
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork drawn = new TrainableNetwork(network.whole(), manager, 1);
      weights = drawn.weights();
      TrainableNetwork again = new TrainableNetwork(network.whole(), manager, weights);
      NDArray some = new ImageBatches(images).plain(manager, 0, 16);
      assertThat(again.forward(some, false).get(0).toFloatArray())
          .containsExactly(drawn.forward(some, false).get(0).toFloatArray(), within(1e-4f));
    }
    ClippedLevels levels = new ClippedLevels(0.2, 6, 4);
    for (Architecture step :
        List.of(network.tiled(), network.clipped(levels), network.quantised(levels))) {
      try (ExitTraining training =
          ExitTraining.from(
              weights,
              step,
              recipe,
              new ExitTraining.Images(images, images),
              (part, done, loss) -> assertThat(loss).isFinite())) {
        Map<String, float[]> learned = training.run();
        assertThat(learned.keySet()).isEqualTo(weights.keySet());
        assertThat(learned.get("conv1.weight")).isNotEqualTo(weights.get("conv1.weight"));
        // Of values in the middle between two levels either may come out.
        assertSame(training.network(), images, 2e-2);
        weights = learned;
      }
    }
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    Architecture small = Zoo.SMALL_EXITS.architecture();
    ExitTraining.Images images = new ExitTraining.Images(TRAINING, VALIDATION);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ExitTraining.from(Map.of(), small, recipe(1), images, (part, done, loss) -> {}))
        .withMessageContaining("values, not none. Maybe the weights are another network's");
  }

  @Test
  void refusesImagesWithTheWrongCountOfViews() {
    LabelledImages one = new LabelledImages(28, 28, new byte[784], new byte[1]);
    ExitRecipe recipe = recipe(1);
    Architecture six = ViewNetworks.ddnn(Aggregation.MAX, Aggregation.CONCAT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExitTraining(six, recipe, one, one, (part, done, loss) -> {}))
        .withMessageContaining("images of [6, 28, 28], not of [1, 28, 28]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.withViews(6, new byte[784]))
        .withMessageContaining("1 images of 6 x 28 x 28 take 4704 bytes, not 784");
  }

  private static LabelledImages sixViews(int count) {
    return new LabelledImages(28, 28, new byte[count * 784], new byte[count])
        .withViews(6, noise(count * 6 * 784));
  }

  @Test
  void endsWhenTheLossIsNoNumberAnyMore() {
    ExitRecipe wild = new ExitRecipe(0, 3, 32, 1e20, 0, List.of(1.0, 1.0), 3, 1);
    try (ExitTraining training = training(wild, new ArrayList<>())) {
      assertThatIllegalStateException()
          .isThrownBy(training::run)
          .withMessageContaining("Maybe lower the learning rate, now 1.0E20");
    }
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    LabelledImages large = new LabelledImages(28, 28, new byte[784], new byte[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(recipe(1), large))
        .withMessageContaining("images of [1, 16, 16], not of [1, 28, 28]");
    ExitRecipe three = new ExitRecipe(0, 1, 8, 0.1, 0, List.of(1.0, 1.0, 1.0), 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(three, TRAINING))
        .withMessageContaining("2 exits, the recipe 3");
    LabelledImages unknown = new LabelledImages(SIZE, SIZE, new byte[SIZE * SIZE], new byte[] {10});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(recipe(1), unknown))
        .withMessageContaining("in 0..9, not 10");
  }

  private static ExitRecipe recipe(long seed) {
    return new ExitRecipe(1, 6, 32, 0.1, 1e-4, List.of(1.0, 1.0), 3, seed);
  }

  private static ExitTraining training(ExitRecipe recipe, LabelledImages images) {
    return new ExitTraining(
        Zoo.SMALL_EXITS.architecture(), recipe, images, images, (part, done, loss) -> {});
  }

  private static ExitTraining training(ExitRecipe recipe, List<Double> losses) {
    return new ExitTraining(
        Zoo.SMALL_EXITS.architecture(),
        recipe,
        TRAINING,
        VALIDATION,
        (part, done, loss) -> losses.add(loss));
  }

  private static void assertSame(TrainableNetwork network, LabelledImages images)
      throws IOException, OrtException {
    assertSame(network, images, 1e-5);
  }

  /**
   * @param tolerance as a share of the largest answer
   */
  private static void assertSame(TrainableNetwork network, LabelledImages images, double tolerance)
      throws IOException, OrtException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    network.architecture().write(network.weights(), file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        OrtSession session = environment.createSession(file.toByteArray())) {
      NDArray input = new ImageBatches(images).plain(manager, 0, images.count());
      List<NDArray> answers = network.forward(input, false);
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(
                  environment,
                  FloatBuffer.wrap(input.toFloatArray()),
                  input.getShape().getShape());
          OrtSession.Result result = session.run(Map.of("input", tensor))) {
        assertThat(result.size()).isEqualTo(answers.size());
        for (int exit = 0; exit < answers.size(); exit++) {
          OnnxTensor answer = (OnnxTensor) result.get(exit);
          assertClose(answers.get(exit).toFloatArray(), answer.getFloatBuffer(), tolerance);
        }
      }
    }
  }

  private static void assertClose(float[] expected, FloatBuffer answer, double tolerance) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(answer.remaining()).isEqualTo(expected.length);
    for (float value : expected) {
      assertThat((double) answer.get()).isCloseTo(value, within(tolerance * largest));
    }
  }

  private static LabelledImages images(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIZE * SIZE];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) random.nextInt(10);
      for (int i = 0; i < SIZE * SIZE; i++) {
        boolean bright = i / SIZE / (labels[image] + 1) % 2 == 0;
        pixels[image * SIZE * SIZE + i] = (byte) (random.nextInt(60) + (bright ? 180 : 0));
      }
    }
    return new LabelledImages(SIZE, SIZE, pixels, labels);
  }

  private static byte[] noise(int count) {
    byte[] noise = new byte[count];
    new Random(3).nextBytes(noise);
    return noise;
  }
}
