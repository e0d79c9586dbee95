package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LinUcbTest {
  /** Against ridge regression worked out from nothing, by elimination. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void isRidgeRegression(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LinUcb bandit = new LinUcb(3, new SplittableRandom(seed));
    double[][] a = new double[3][4]; // A and b
    SplittableRandom first = new SplittableRandom(seed);
    for (int i = 0; i < 3; i++) {
      a[i][i] = first.nextDouble(1, 8);
    }
    for (int frame = 0; frame < 20; frame++) {
      double[] arm = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      double seconds = random.nextDouble(5);
      bandit.learn(arm, seconds);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          a[i][j] += arm[i] * arm[j];
        }
        a[i][3] += seconds * arm[i];
      }
    }
    double[] theta = solved(a);
    double[] arm = {0.3, 0.5, 0.9};
    double expected = theta[0] * arm[0] + theta[1] * arm[1] + theta[2] * arm[2];
    assertThat(bandit.expected(arm)).isCloseTo(expected, within(1e-9));
  }

  private static double[] solved(double[][] a) {
    int n = a.length;
    for (int pivot = 0; pivot < n; pivot++) {
      for (int row = 0; row < n; row++) {
        double factor = row == pivot ? 0 : a[row][pivot] / a[pivot][pivot];
        for (int column = 0; column <= n; column++) {
          a[row][column] -= factor * a[pivot][column];
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = a[i][n] / a[i][i];
    }
    return x;
  }

  @Test
  void whatHasBeenTriedIsDoubtedLess() {
    LinUcb bandit = new LinUcb(2, new SplittableRandom(1));
    double[] tried = {1, 0};
    double[] other = {0, 1};
    double before = bandit.doubt(tried);
    double otherBefore = bandit.doubt(other);
    bandit.learn(tried, 3);
    assertThat(bandit.doubt(tried)).isLessThan(before);
    assertThat(bandit.doubt(other)).isEqualTo(otherBefore);
  }

  /** In a world that does not change it ends near the best cut, most of the time. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void findsAGoodCutWhereNothingChanges(long seed) {
    Observation world = RandomProblems.chain(seed, 8);
    FrameBandit bandit = new FrameBandit(seed);
    double sum = 0;
    for (int frame = 0; frame < 4_000; frame++) {
      Plan plan = bandit.plan(world).entries().get(0).plan();
      double seconds = CostModel.estimate(plan, world).seconds();
      if (!plan.isLocal()) {
        bandit.answered(plan, seconds - world.device().times().run(plan.near()));
      }
      sum += frame >= 3_000 ? seconds : 0;
    }
    double random = 0;
    int cuts = world.graph().size();
    for (int cut = 1; cut <= cuts; cut++) {
      Plan plan = Plan.split(world.graph(), LayerSet.range(0, cut), 1);
      random += CostModel.estimate(plan, world).seconds() / cuts;
    }
    assertThat(sum / 1_000).isLessThan(random);
  }

  /** A world that is ten times as slow is the same world. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void decidesAlikeWhateverASecondIs(long seed) {
    Observation world = RandomProblems.chain(seed, 8);
    NodeState device = world.device();
    Observation slow =
        new Observation(
            world.graph(),
            new NodeState(device.name(), device.times().scaled(10), 0),
            world.power(),
            world.servers(),
            world.demand());
    FrameBandit one = new FrameBandit(seed);
    FrameBandit other = new FrameBandit(seed);
    for (int frame = 0; frame < 500; frame++) {
      Plan plan = one.plan(world).entries().get(0).plan();
      assertThat(other.plan(slow).entries().get(0).plan()).isEqualTo(plan);
      double far = CostModel.estimate(plan, world).seconds();
      one.answered(plan, far);
      other.answered(plan, 10 * far);
    }
  }

  /** All local teaches nothing, so every fourth frame of the first 200 is somebody's. */
  @Test
  void mustTryOthersNowAndThen() {
    Observation world = RandomProblems.chain(3, 8);
    FrameBandit bandit = new FrameBandit(1);
    int elsewhere = 0;
    for (int frame = 1; frame <= 200; frame++) {
      Plan plan = bandit.plan(world).entries().get(0).plan();
      if (!plan.isLocal()) {
        elsewhere++;
        bandit.answered(plan, 1e6); // never worth it
      }
      assertThat(frame % 4 == 0 && plan.isLocal()).isFalse();
    }
    assertThat(elsewhere).isBetween(50, 199);
  }
}
