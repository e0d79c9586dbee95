package io.cleave.testbed.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.learning.FilterCriterion;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IterativePruningTest {
  private static final TrainedNetwork LENET =
      TrainedNetwork.read(Path.of("models", "lenet-exits.onnx"));

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private static IterativePruning pruning(double share, int rounds, long seed) {
    Random random = new Random(5);
    byte[] pixels = new byte[64 * 28 * 28];
    random.nextBytes(pixels);
    byte[] labels = new byte[64];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(10);
    }
    LabelledImages images = new LabelledImages(28, 28, pixels, labels);
    ExitRecipe tuning = new ExitRecipe(0, 1, 32, 1e-3, 5e-4, List.of(0.3, 1.0), 1, seed);
    return new IterativePruning(
        new PruningRecipe(share, rounds, FilterCriterion.TAYLOR, 1e-4, 16, tuning),
        new ExitTraining.Images(images, images));
  }

  private static List<IterativePruning.Round> rounds(double share, int rounds, long seed) {
    return pruning(share, rounds, seed).everywhere(LENET, (round, done, loss) -> {});
  }

  private static int filters(TrainedNetwork network) {
    return network.filters().all().stream().mapToInt(FilterGroup::filters).sum();
  }

  /** 192 filters: a quarter each round, then the same again. */
  @Test
  void takesAsManyInEachRoundAndTheSameForTheSameSeed() {
    List<IterativePruning.Round> rounds = rounds(0.5, 2, 1);
    assertThat(rounds).extracting(round -> filters(round.pruned())).containsExactly(144, 96);
    assertThat(rounds).extracting(round -> filters(round.tuned())).containsExactly(144, 96);
    assertThat(rounds.get(1).tuned().bytes()).isEqualTo(rounds(0.5, 2, 1).get(1).tuned().bytes());
    assertThat(rounds.get(1).tuned().bytes())
        .isNotEqualTo(rounds(0.5, 2, 2).get(1).tuned().bytes());
  }

  /** Whatever is asked for, a tenth of each convolution stays, rounded up. */
  @Test
  void leavesATenthOfEachConvolution() {
    TrainedNetwork least = rounds(0.99, 1, 1).get(0).tuned();
    assertThat(least.filters().all())
        .extracting(FilterGroup::filters)
        .containsExactly(2, 2, 7, 10); // of 16, 16, 64 and 96
  }

  @Test
  void takesFiltersBeforeACutAlone() {
    TrainedNetwork pruned =
        pruning(0.5, 1, 1).before("pool2", LENET, (round, done, loss) -> {}).get(0).tuned();
    String pruner = LENET.filters().before("pool2").layer();
    for (FilterGroup group : LENET.filters().all()) {
      int left = pruned.filters().of(group.layer()).filters();
      assertThat(left)
          .as(group.layer())
          .isEqualTo(group.layer().equals(pruner) ? group.filters() / 2 : group.filters());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pruning(0.5, 1, 1).before("fc1", LENET, (round, done, loss) -> {}))
        .withMessageContaining("can be pruned make 'fc1'");
  }
}
