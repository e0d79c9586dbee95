package io.cleave.policies.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExitAnswersTest {
  private static final int CLASSES = 4;
  private static final int IMAGES = 200;

  private final Random random = new Random(1);
  private final byte[] labels = labels();
  private final LabelledImages images = new LabelledImages(1, 1, new byte[IMAGES], labels);
  private final List<float[]> logits = List.of(logits(1), logits(3), logits(9));
  private final ExitAnswers answers =
      new ExitAnswers(
          CLASSES,
          logits.stream().map(each -> ExitAnswers.Answers.of(each, images, CLASSES)).toList());

  /** BranchyNet's loop, image by image, with a softmax written out. */
  @Test
  void leavesWhereBranchyNetsLoopLeaves() {
    ExitRule rule = ExitRule.of(ExitSignal.ENTROPY, CLASSES, 3, List.of(1.1, 0.6));
    int[] left = new int[3];
    int[] right = new int[3];
    for (int image = 0; image < IMAGES; image++) {
      int exit = 0;
      while (exit < 2 && !(entropy(exit, image) < rule.thresholds().get(exit))) {
        exit++;
      }
      left[exit]++;
      right[exit] += best(exit, image) == labels[image] ? 1 : 0;
    }
    assertThat(left).doesNotContain(0);
    List<ExitAnswers.Outcome> outcomes = answers.under(rule);
    for (int exit = 0; exit < 3; exit++) {
      assertThat(outcomes.get(exit).share()).isEqualTo((double) left[exit] / IMAGES);
      assertThat(outcomes.get(exit).accuracy()).isEqualTo((double) right[exit] / left[exit]);
    }
    assertThat(outcomes.stream().mapToDouble(ExitAnswers.Outcome::share).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void moreLeaveUnderLooserThresholds() {
    double before = 0;
    for (double threshold = 0.1; threshold < 1.3; threshold += 0.1) {
      double share = answers.leaving(0, ExitSignal.ENTROPY, threshold).share();
      assertThat(share).isGreaterThanOrEqualTo(before);
      before = share;
    }
    assertThat(before).isPositive();
    assertThat(answers.leaving(0, ExitSignal.CONFIDENCE, 0.25)).isEqualTo(all(0));
  }

  @Test
  void neverLeavesEarlyWithAnAnswerThatIsNoNumber() {
    float[] broken = logits.get(0).clone();
    broken[5 * CLASSES + 2] = Float.NaN;
    List<ExitAnswers.Answers> exits = new ArrayList<>();
    exits.add(ExitAnswers.Answers.of(broken, images, CLASSES));
    exits.add(answers.exits().get(2));
    ExitAnswers given = new ExitAnswers(CLASSES, exits);
    for (ExitSignal signal : ExitSignal.values()) {
      double loosest = signal == ExitSignal.ENTROPY ? Math.log(CLASSES) : 1.0 / CLASSES;
      ExitRule rule = ExitRule.of(signal, CLASSES, 2, List.of(loosest));
      assertThat(given.exitOfEach(rule)[5]).isEqualTo(1);
      assertThat(given.exitOfEach(rule)[6]).isZero();
    }
  }

  @Test
  void refusesThresholdsOfAnotherNetwork() {
    ExitRule deeper = ExitRule.of(ExitSignal.ENTROPY, CLASSES, 4, List.of(0.5, 0.5, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answers.under(deeper))
        .withMessageContaining("[0, 1, 2, 3]")
        .withMessageContaining("3 exits");
    ExitRule wider = ExitRule.of(ExitSignal.ENTROPY, CLASSES + 1, 3, List.of(0.5, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answers.under(wider))
        .withMessageContaining("%d classes", CLASSES + 1);
  }

  private ExitAnswers.Outcome all(int exit) {
    return new ExitAnswers.Outcome(1, answers.accuracy(exit));
  }

  private double entropy(int exit, int image) {
    double sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += Math.exp(logits.get(exit)[image * CLASSES + i]);
    }
    double entropy = 0;
    for (int i = 0; i < CLASSES; i++) {
      double p = Math.exp(logits.get(exit)[image * CLASSES + i]) / sum;
      entropy -= p * Math.log(p);
    }
    return entropy;
  }

  private int best(int exit, int image) {
    int best = 0;
    for (int i = 0; i < CLASSES; i++) {
      best =
          logits.get(exit)[image * CLASSES + i] > logits.get(exit)[image * CLASSES + best]
              ? i
              : best;
    }
    return best;
  }

  private byte[] labels() {
    byte[] drawn = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      drawn[i] = (byte) random.nextInt(CLASSES);
    }
    return drawn;
  }

  private float[] logits(double spread) {
    float[] drawn = new float[IMAGES * CLASSES];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (spread * random.nextGaussian());
    }
    return drawn;
  }
}
