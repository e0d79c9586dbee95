package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.policies.ExitProblems;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.partition.Prospect;
import io.cleave.policies.partition.Prospects;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LearnedTableTest {
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void untrainedItIsTheBestModelBasedPlanner(long seed) {
    Observation observation = Practice.observation(seed);
    Perceptron nothing =
        new Perceptron(
            List.of(new Perceptron.Dense(Moment.WIDTH, 1, new float[Moment.WIDTH], new float[1])));
    PlanTable learned = planner(nothing).plan(observation);
    PlanTable model = new HedgedTable(HedgedTable.Settings.STANDARD).plan(observation);
    assertThat(learned.entries()).isEqualTo(model.entries());
    assertThat(learned.breakpoints()).isEqualTo(model.breakpoints());
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalObservationsGiveEqualTables(long seed) {
    Observation observation = Practice.observation(seed);
    Perceptron some = Practice.perceptron(seed, Moment.WIDTH, 8, 1);
    Planner planner = planner(some);
    PlanTable first = planner.plan(observation);
    planner.plan(Practice.observation(seed + 1));
    PlanTable again = planner.plan(Practice.observation(seed));
    assertThat(again.entries()).isEqualTo(first.entries());
    assertThat(again.breakpoints()).isEqualTo(first.breakpoints());
  }

  /** With a network that likes nothing, or all that it can. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void takesWhatTheNetworkFindsCheaper(long seed) {
    Observation observation = Practice.observation(seed);
    PlanTable shy = planner(liking(-1e9f)).plan(observation);
    assertThat(shy.entries()).extracting(PlanTable.Entry::plan).allMatch(Plan::isLocal);
    PlanTable bold = planner(liking(1e9f)).plan(observation);
    PlanTable model = new HedgedTable(HedgedTable.Settings.STANDARD).plan(observation);
    if (model.entries().size() > 1) {
      assertThat(bold.entries()).extracting(PlanTable.Entry::plan).anyMatch(p -> !p.isLocal());
    }
  }

  private static Perceptron liking(float everything) {
    float[] kernel = new float[Moment.WIDTH];
    return new Perceptron(
        List.of(new Perceptron.Dense(Moment.WIDTH, 1, kernel, new float[] {everything})));
  }

  private static Planner planner(Perceptron scorer) {
    return new LearnedTable(new TrainedPolicy(scorer, Map.of()), Practice.joint());
  }

  /** Who asks what was learned of the plans of a table hears what made the table. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void saysWhatItHasLearnedOfItsPlans(long seed) {
    Observation seen = Practice.observation(seed);
    TrainedPolicy policy =
        new TrainedPolicy(Practice.perceptron(seed, Moment.WIDTH, 8, 1), Map.of());
    Planner planner = new LearnedTable(policy, Practice.joint());
    HedgedTable table =
        new HedgedTable(HedgedTable.Settings.STANDARD, new Residual(policy.scorer()));
    for (int node = 1; node <= seen.servers().size(); node++) {
      double x = seen.server(node).link().up().secondsPerBit();
      List<Prospect> ways = table.prospects(seen, node).at(x);
      double[] learned = new Residual(policy.scorer()).seconds(seen, node, x, ways);
      List<Plan> plans = ways.stream().map(w -> w.price().entry(w.delay()).plan()).toList();
      double[] told = planner.learned(seen, node, plans);
      assertThat(told[0]).isZero();
      for (int i = 1; i < told.length; i++) {
        boolean dear = !Guard.allows(ways.get(i), ways.get(0));
        assertThat(told[i]).isEqualTo(dear ? Math.max(0, learned[i]) : learned[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void cautiousItIsTheCostModels(long seed) {
    Observation seen = Practice.observation(seed);
    PlanTable cautious =
        planner(Practice.perceptron(seed, Moment.WIDTH, 8, 1)).cautious().plan(seen);
    assertThat(cautious.entries())
        .isEqualTo(new HedgedTable(HedgedTable.Settings.STANDARD).plan(seen).entries());
  }

  /** Nothing was learned of exits, so that they are chosen as the cost model finds best. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void leavesExitsToWhoKnowsThem(long seed) {
    Observation seen = ExitProblems.of(seed, 2, 60);
    Planner planner = planner(liking(1e9f));
    List<PlanTable.Entry> joint = Practice.joint().plan(seen).entries();
    assertThat(planner.plan(seen).entries()).isEqualTo(joint);
    assertThat(planner.cautious().plan(seen).entries()).isEqualTo(joint);
    List<Plan> plans = joint.stream().map(PlanTable.Entry::plan).toList();
    assertThat(planner.learned(seen, 1, plans)).containsOnly(0);
    assertThat(planner.influences(seen, 1, plans.get(0))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void everyFeatureIsANumberWithinItsRange(long seed) {
    Observation seen = Practice.observation(seed);
    for (int node = 1; node <= seen.servers().size(); node++) {
      Prospects prospects =
          new Prospects(
              seen,
              node,
              HedgedTable.Settings.STANDARD,
              Prospects.Delays.BEST_OR_LATE,
              new ExactTables());
      Situation situation = Features.situation(seen, node, prospects.local());
      for (LinkFeature feature : LinkFeature.values()) {
        assertThat((double) feature.of(situation))
            .isBetween(feature.range().least(), feature.range().most());
      }
      for (double decade = -10; decade < 0; decade += 0.7) {
        double x = Math.pow(10, decade);
        List<Prospect> all = prospects.at(x);
        for (Prospect prospect : all) {
          WayFeature.Way way = new WayFeature.Way(situation, prospect, x, Features.leastCost(all));
          for (WayFeature feature : WayFeature.values()) {
            double value = feature.of(way);
            assertThat(value)
                .as("%s", feature)
                .isBetween(feature.range().least(), feature.range().most());
          }
        }
      }
    }
  }

  @Test
  void whatIsNoNumberNeverReachesTheNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkFeature.SWING.clipped(Double.NaN))
        .withMessageContaining("SWING is no number");
  }
}
