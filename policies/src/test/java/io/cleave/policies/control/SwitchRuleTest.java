package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SwitchRuleTest {
  @Test
  void aGainBelowTheSmallestIsNotWorthASwitch() {
    SwitchRule rule = new SwitchRule(0.05, 2, 0);

    assertThat(rule.worth(1, 0.96, 10)).isFalse();
    assertThat(rule.worth(1, 0.94, 10)).isTrue();
  }

  @Test
  void aCostBelowNothingMustFallByAsMuch() {
    SwitchRule rule = new SwitchRule(0.05, 2, 0);
    assertThat(rule.worth(-1, -1, 10)).isFalse();
    assertThat(rule.worth(-1, -1.04, 10)).isFalse();
    assertThat(rule.worth(-1, -1.06, 10)).isTrue();
  }

  @Test
  void theCostOfASwitchIsSpreadOverTheFramesOfAHoldTime() {
    // 1 s over 2 s of 10 frames/s is 0.05 s a frame.
    SwitchRule rule = new SwitchRule(0, 2, 1);

    assertThat(rule.worth(1, 0.96, 10)).isFalse();
    assertThat(rule.worth(1, 0.94, 10)).isTrue();
  }

  @Test
  void aPlanThatNeverAnswersIsLeftForAnyThatDoes() {
    SwitchRule rule = new SwitchRule(0.05, 2, 1);

    assertThat(rule.worth(Double.POSITIVE_INFINITY, 100, 10)).isTrue();
    assertThat(rule.worth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 10)).isFalse();
  }

  @Test
  void notANumberNeverWins() {
    assertThat(SwitchRule.steady().worth(1, Double.NaN, 10)).isFalse();
    assertThat(SwitchRule.steady().worth(Double.NaN, 1, 10)).isTrue();
  }

  @Test
  void holdsForTheHoldTime() {
    assertThat(new SwitchRule(0.05, 2, 0).released(1.9)).isFalse();
    assertThat(new SwitchRule(0.05, 2, 0).released(2)).isTrue();
    assertThat(SwitchRule.none().released(0)).isTrue();
  }

  @Test
  void refusesAGainInPerCent() {
    assertThatThrownBy(() -> new SwitchRule(5, 2, 0)).hasMessageContaining("per cent");
  }
}
