package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PerceptronTest {
  private static final int ROWS = 50;

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** Ours on the controller, PyTorch's while it is trained, ONNX Runtime's from the file. */
  @Test
  void threeEnginesGiveOneAnswer() throws OrtException {
    Perceptron network = Practice.perceptron(1, Moment.WIDTH, 24, 12, 1);
    float[] rows = Practice.values(ROWS * Moment.WIDTH, new SplittableRandom(2));
    float[] ours = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      int at = i * Moment.WIDTH;
      float[] first = Arrays.copyOfRange(rows, at, at + Features.OF_LINK);
      float[] rest = Arrays.copyOfRange(rows, at + Features.OF_LINK, at + Moment.WIDTH);
      ours[i] = network.answer(network.begun(first), rest);
    }
    assertThat(torch(network, rows)).containsExactly(ours, within(1e-5f));
    assertThat(runtime(network, rows)).containsExactly(ours, within(1e-5f));
  }

  private static float[] torch(Perceptron network, float[] rows) {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray input = manager.create(rows, new Shape(ROWS, Moment.WIDTH));
      return new TrainablePerceptron("test", network, manager).forward(input).toFloatArray();
    }
  }

  private static float[] runtime(Perceptron network, float[] rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] file = new TrainedPolicy(network, Map.of()).bytes();
    long[] shape = {ROWS, Moment.WIDTH};
    try (OrtSession session = environment.createSession(file);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  /** Slopes by small steps, which are exact between two bends. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void contributionsAreValuesTimesSlopes(long seed) {
    Perceptron network = Practice.perceptron(seed, 6, 5, 4, 1);
    float[] values = Practice.values(6, new SplittableRandom(seed));
    float[] contributions = network.contributions(values);
    for (int i = 0; i < values.length; i++) {
      float[] more = values.clone();
      more[i] += 1e-3f;
      double slope = (whole(network, more) - whole(network, values)) / 1e-3;
      assertThat((double) contributions[i]).isCloseTo(values[i] * slope, within(2e-3));
    }
  }

  private static float whole(Perceptron network, float[] values) {
    return network.answer(network.layers().get(0).bias(), values);
  }

  @Test
  void refusesLayersThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Perceptron.Dense(3, 2, new float[5], new float[2]))
        .withMessageContaining("6 weights and 2 biases, not 5 and 2");
    Perceptron.Dense one = new Perceptron.Dense(3, 2, new float[6], new float[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Perceptron(List.of(one, one)))
        .withMessageContaining("takes 3 values, but the one before makes 2");
  }
}
