package io.cleave.policies.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SoftmaxTest {
  @Test
  void isEvenWhereAllAreAlike() {
    Softmax softmax = Softmax.of(new float[] {9, 3, 3, 3, 3}, 1, 4);
    assertThat(softmax.confidence()).isEqualTo(0.25);
    assertThat(softmax.entropy()).isCloseTo(Math.log(4), within(1e-12));
    assertThat(softmax.best()).isZero();
  }

  @Test
  void staysFiniteForHugeAnswers() {
    Softmax softmax = Softmax.of(new float[] {-3e38f, 3e38f, 0}, 0, 3);
    assertThat(softmax).isEqualTo(new Softmax(1, 1, 0));
  }

  @Test
  void isNoNumberIfTheAnswerHasOne() {
    for (int place = 0; place < 3; place++) {
      float[] logits = {1, 2, 3};
      logits[place] = Float.NaN;
      assertThat(Softmax.of(logits, 0, 3).confidence()).isNaN();
      assertThat(Softmax.of(logits, 0, 3).entropy()).isNaN();
    }
  }
}
