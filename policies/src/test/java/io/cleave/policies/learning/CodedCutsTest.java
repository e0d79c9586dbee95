package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodedCutsTest {
  private static final int IMAGES = 3;

  private static LabelledImages images() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[IMAGES * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return new LabelledImages(28, 28, pixels, new byte[IMAGES]);
  }

  /**
   * A form that changes nothing, at any tensor, changes no answer; one that does is seen behind.
   */
  @Test
  void whatCrossesIsSeenBehindTheCutAlone() {
    Architecture lenet = Zoo.LENET_EXITS.architecture();
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork network = new TrainableNetwork(lenet, manager, 1);
      NDArray shown = new ImageBatches(images()).plain(manager, 0, IMAGES);
      List<NDArray> plain = network.forward(shown, false);
      for (String tensor : List.of("input", "relu1", "pool3", "flatten2")) {
        List<NDArray> same = network.forward(shown, tensor, (values, shape) -> values, false);
        List<NDArray> none =
            network.forward(shown, tensor, (values, shape) -> new float[values.length], false);
        boolean before = tensor.equals("input") || tensor.equals("relu1");
        for (int exit = 0; exit < plain.size(); exit++) {
          float[] expected = plain.get(exit).toFloatArray();
          assertThat(same.get(exit).toFloatArray()).containsExactly(expected, within(1e-5f));
          boolean behind = exit == plain.size() - 1 || before;
          assertThat(Arrays.equals(none.get(exit).toFloatArray(), expected))
              .as("%s, exit %d", tensor, exit)
              .isEqualTo(!behind);
        }
      }
    }
  }

  /** Each image is one frame, by itself and with its own shape; slopes pass as if nothing was. */
  @Test
  void eachImageCrossesByItselfAndSlopesPass() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork network = new TrainableNetwork(Zoo.LENET_EXITS.architecture(), manager, 1);
      NDArray shown = new ImageBatches(images()).plain(manager, 0, IMAGES);
      List<List<Long>> seen = new ArrayList<>();
      CodedCuts.Form halved =
          (values, shape) -> {
            seen.add(shape);
            float[] half = new float[values.length];
            for (int i = 0; i < half.length; i++) {
              half[i] = values[i] / 2;
            }
            return half;
          };
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        List<NDArray> answers = network.forward(shown, "pool1", halved, true);
        collector.backward(answers.get(1).sum());
      }
      assertThat(seen).hasSize(IMAGES).allMatch(List.of(16L, 14L, 14L)::equals);
      assertThat(network.kernel("conv1.weight").getGradient().abs().sum().getFloat()).isPositive();
    }
  }

  @Test
  void eachCutAndNoneAreDrawnAlike() {
    CodedCuts cuts = new CodedCuts(List.of("a", "b"), (values, shape) -> values);
    SplittableRandom random = new SplittableRandom(7);
    int[] drawn = new int[3];
    for (int i = 0; i < 3000; i++) {
      Optional<String> cut = cuts.drawn(random);
      drawn[cut.map(name -> name.equals("a") ? 0 : 1).orElse(2)]++;
    }
    assertThat(IntStream.of(drawn)).allMatch(count -> count > 900 && count < 1100);
    assertThat(List.of(cuts.at(0), cuts.at(1), cuts.at(2), cuts.at(3)))
        .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty(), Optional.of("a"));
    assertThat(CodedCuts.none().drawn(random)).isEmpty();
  }
}
