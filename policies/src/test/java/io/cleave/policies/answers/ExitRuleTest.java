package io.cleave.policies.answers;

import static io.cleave.policies.answers.ExitSignal.CONFIDENCE;
import static io.cleave.policies.answers.ExitSignal.ENTROPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 18: what users set wrong about exit thresholds. */
class ExitRuleTest {
  /** A public report: "0.9 1.2" for a network with one early exit and its last layer. */
  @Test
  void refusesTwoThresholdsForOneEarlyExit() {
    assertThatThrownBy(() -> ExitRule.of(ENTROPY, 10, 2, List.of(0.9, 1.2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 exits takes 1 thresholds")
        .hasMessageContaining("not 2 ([0.9, 1.2])")
        .hasMessageContaining("Maybe one was given for the last exit");
  }

  @Test
  void refusesTooFewThresholds() {
    assertThatThrownBy(() -> ExitRule.of(CONFIDENCE, 10, 3, List.of(0.9)))
        .hasMessageContaining("3 exits takes 2 thresholds")
        .hasMessageContaining("not 1");
  }

  @Test
  void refusesAConfidenceAboveOneAndSaysWhatItMayBe() {
    assertThatThrownBy(() -> ExitRule.of(CONFIDENCE, 10, 2, List.of(1.2)))
        .hasMessage(
            "The threshold 1.2 is not a confidence: for 10 classes it must be in 0.100..1.000,"
                + " and larger is stricter. Maybe an entropy was meant.");
  }

  @Test
  void refusesAConfidenceThatEveryAnswerHas() {
    assertThatThrownBy(() -> ExitRule.of(CONFIDENCE, 10, 2, List.of(0.05)))
        .hasMessageContaining("in 0.100..1.000");
  }

  /** ln 10 = 2.303. */
  @Test
  void acceptsEntropiesUpToTheLogarithmOfTheClasses() {
    assertThat(ENTROPY.greatest(10)).isCloseTo(2.303, within(5e-4));
    assertThat(ExitRule.of(ENTROPY, 10, 3, List.of(1.2, 2.302)).thresholds()).hasSize(2);
    assertThatThrownBy(() -> ExitRule.of(ENTROPY, 10, 2, List.of(2.31)))
        .hasMessageContaining("in 0.000..2.303, and smaller is stricter")
        .hasMessageContaining("per cent or in bits");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 90})
  void refusesWhatIsInNoRange(double bad) {
    for (ExitSignal signal : ExitSignal.values()) {
      assertThatThrownBy(() -> ExitRule.of(signal, 10, 2, List.of(bad)))
          .hasMessageContaining(String.valueOf(bad));
    }
  }

  @Test
  void refusesNetworksThatAreNone() {
    assertThatThrownBy(() -> ExitRule.of(ENTROPY, 1, 1, List.of()))
        .hasMessageContaining("2 classes");
    assertThatThrownBy(() -> ExitRule.of(ENTROPY, 10, 0, List.of())).hasMessageContaining("1 exit");
  }

  @Test
  void smallerEntropyIsStricter() {
    assertThat(ENTROPY.leaves(0.3, 0.5)).isTrue();
    assertThat(ENTROPY.leaves(0.3, 0.2)).isFalse();
    assertThat(ENTROPY.leaves(0, 0)).as("at 0 nothing leaves").isFalse();
  }

  @Test
  void largerConfidenceIsStricter() {
    assertThat(CONFIDENCE.leaves(0.9, 0.8)).isTrue();
    assertThat(CONFIDENCE.leaves(0.9, 0.95)).isFalse();
    assertThat(CONFIDENCE.leaves(0.1, 0.1)).as("at 1/C everything leaves").isTrue();
  }

  @Test
  void nothingUnsureLeavesButAtTheLastExit() {
    ExitRule thresholds = ExitRule.of(CONFIDENCE, 10, 2, List.of(0.8));
    assertThat(thresholds.leavesAt(0, Double.NaN)).isFalse();
    assertThat(thresholds.leavesAt(0, 0.79)).isFalse();
    assertThat(thresholds.leavesAt(0, 0.81)).isTrue();
    assertThat(thresholds.leavesAt(1, 0.11)).isTrue();
    assertThatThrownBy(() -> thresholds.leavesAt(2, 1)).hasMessageContaining("0..1, not 2");
  }

  @Test
  void networkWithoutEarlyExitTakesNone() {
    assertThat(ExitRule.of(ENTROPY, 1000, 1, List.of()).leavesAt(0, 6)).isTrue();
  }

  @Test
  void isWrittenInOneWordAndReadBack() {
    ExitRule rule = new ExitRule(ENTROPY, 10, List.of(0, 2, 4), List.of(0.31, 1e-7));
    assertThat(rule.text()).isEqualTo("entropy/10:0<0.31;2<1.0E-7;4");
    assertThat(ExitRule.parse(rule.text())).isEqualTo(rule);
    ExitRule only = new ExitRule(CONFIDENCE, 7, List.of(1), List.of());
    assertThat(ExitRule.parse(only.text())).isEqualTo(only);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "entropy", "entropy/10:", "entropy/10:0<0.3", "bits/10:0", "entropy/10:x"})
  void refusesTextThatIsNoRule(String text) {
    assertThatThrownBy(() -> ExitRule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not \"" + text + "\"");
  }
}
