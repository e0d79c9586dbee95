package io.cleave.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerGoalTest {
  private static final BenchCase OWN = new BenchCase("minCut", "resnet50");
  private static final BenchCase OPPONENT = new BenchCase("pushRelabel", "resnet50");

  @Test
  void comparesTimesWithTheTarget() {
    BenchCase decision = new BenchCase("blockMinCut", "resnet50");
    PlannerGoal goal = PlannerGoal.QDMP_RESNET50; // 50 us at most
    assertThat(goal.met(Map.of(decision, new Figure(49_000, 1)))).isTrue();
    assertThat(goal.met(Map.of(decision, new Figure(51_000, 1)))).isFalse();
    assertThat(goal.targetText()).isEqualTo("<= 50.0 us");
  }

  @Test
  void comparesWithTheOpponent() {
    PlannerGoal goal = PlannerGoal.CUT_RESNET50; // 10 times faster at least
    Map<BenchCase, Figure> eleven =
        Map.of(OWN, new Figure(100_000, 1), OPPONENT, new Figure(1_100_000, 1));
    Map<BenchCase, Figure> nine =
        Map.of(OWN, new Figure(100_000, 1), OPPONENT, new Figure(900_000, 1));
    assertThat(goal.met(eleven)).isTrue();
    assertThat(goal.met(nine)).isFalse();
    assertThat(goal.measuredText(eleven)).isEqualTo("11.0x (100 us to 1.10 ms)");
  }

  @Test
  void saysWhichFigureIsMissing() {
    assertThatThrownBy(() -> PlannerGoal.CUT_RESNET50.met(Map.of(OWN, new Figure(1, 1))))
        .hasMessageContaining("pushRelabel");
  }

  @Test
  void writesTimesWithTheirUnit() {
    assertThat(new Figure(5.63, 2).text()).isEqualTo("5.63 ns +- 2");
    assertThat(new Figure(18_240, 360).text()).isEqualTo("18.2 us +- 0.36");
    assertThat(new Figure(3_890_000, Double.NaN).text()).isEqualTo("3.89 ms");
  }
}
