package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.cleave.policies.graph.Span;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TorchOperationsTest {
  private static final int BATCH = 2;
  private static final int PARTS = 6;
  private static final int EACH = 2 * 3 * 3; // channels, height, width of a part

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** Against loops over plain numbers. */
  @Test
  void joinsWhatDevicesComputedElementByElement() {
    float[] all = new float[BATCH * PARTS * EACH];
    Random random = new Random(4);
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextInt(100);
    }
    float[] largest = new float[BATCH * EACH];
    float[] mean = new float[BATCH * EACH];
    for (int image = 0; image < BATCH; image++) {
      for (int i = 0; i < EACH; i++) {
        float sum = 0;
        float most = 0;
        for (int part = 0; part < PARTS; part++) {
          float value = all[(image * PARTS + part) * EACH + i];
          sum += value;
          most = Math.max(most, value);
        }
        largest[image * EACH + i] = most;
        mean[image * EACH + i] = sum / PARTS;
      }
    }
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TorchOperations operations =
          new TorchOperations(Map.of(), Map.of(), FilterGates.none(), false, false);
      NDArray x = manager.create(all, new Shape(BATCH, 2 * PARTS, 3, 3));
      List<NDArray> parts = operations.split(x, PARTS);
      assertThat(parts).hasSize(PARTS);
      assertThat(operations.largest(parts).toFloatArray()).containsExactly(largest);
      assertThat(operations.mean(parts).toFloatArray()).containsExactly(mean);
      assertThat(operations.concat(parts, 1).toFloatArray()).containsExactly(all);
    }
  }

  @Test
  void givesTheSignASlopeBetweenMinusOneAndOneInTraining() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray x = manager.create(new float[] {-3, -0.5f, 0.25f, 2});
      x.setRequiresGradient(true);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray sign =
            new TorchOperations(Map.of(), Map.of(), FilterGates.none(), true, true).sign(x);
        assertThat(sign.toFloatArray()).containsExactly(-1, -1, 1, 1);
        collector.backward(sign.sum());
      }
      assertThat(x.getGradient().toFloatArray()).containsExactly(0, 1, 1, 0);
    }
  }

  /**
   * What tiles answer: cut out, clipped, lowered, rounded; in training with the slope of a line.
   */
  @Test
  void cutsTilesAndRoundsTheirAnswers() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TorchOperations plain =
          new TorchOperations(Map.of(), Map.of(), FilterGates.none(), false, false);
      NDArray x = manager.create(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, new Shape(1, 1, 3, 3));
      NDArray left = plain.tile(x, new Span(0, 3), new Span(0, 2));
      NDArray right = plain.tile(x, new Span(0, 3), new Span(2, 3));
      assertThat(left.toFloatArray()).containsExactly(0, 1, 3, 4, 6, 7);
      assertThat(plain.concat(List.of(left, right), 3).toFloatArray())
          .containsExactly(x.toFloatArray());
      assertThat(plain.clip(x, 2, 5).toFloatArray()).containsExactly(2, 2, 2, 3, 4, 5, 5, 5, 5);
      assertThat(plain.round(plain.multiply(plain.add(x, 1), 0.5)).toFloatArray())
          .containsExactly(0, 1, 2, 2, 2, 3, 4, 4, 4);

      TorchOperations training =
          new TorchOperations(Map.of(), Map.of(), FilterGates.none(), true, false);
      x.setRequiresGradient(true);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        collector.backward(training.round(training.multiply(x, 3)).sum());
      }
      assertThat(x.getGradient().toFloatArray()).containsOnly(3);
    }
  }
}
