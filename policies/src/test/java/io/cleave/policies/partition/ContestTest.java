package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.PlanTable;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static final PartitionProblem PROBLEM =
      PartitionProblem.of(RandomProblems.chain(3, 8), 1);
  private static final PlanTable.Entry LOCAL =
      PROBLEM.entry(LayerSet.range(0, PROBLEM.skeleton.sink));
  private static final PlanTable.Entry REMOTE = PROBLEM.entry(LayerSet.of(0));

  @Test
  void neverTakesWhatIsNotANumber() {
    Contest contest = new Contest(LOCAL, 1);
    contest.offer(REMOTE, Double.NaN);
    assertThat(contest.winner()).isEqualTo(LOCAL);
    contest.offer(REMOTE, 0.5); // NaN did not stick as the figure to beat
    assertThat(contest.winner()).isEqualTo(REMOTE);
  }

  @Test
  void refusesToBeginWithWhatIsNotANumber() {
    assertThatThrownBy(() -> new Contest(LOCAL, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void keepsTheFirstOfEquals() {
    Contest contest = new Contest(LOCAL, 1);
    contest.offer(REMOTE, 1 - 1e-13); // within the guard of 1e-12
    assertThat(contest.winner()).isEqualTo(LOCAL);
  }
}
