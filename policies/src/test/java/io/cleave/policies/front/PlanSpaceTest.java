package io.cleave.policies.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomExits;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanSpaceTest {
  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final List<Codec> CODECS = List.of(Codec.FP32, Codec.FP16);

  /** What nobody beats holds whatever the planner with the least latency takes. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void nothingThatAnExactPlannerTakesIsBelowTheFront(long seed) {
    for (Observation seen : List.of(RandomProblems.dag(seed, 10), RandomProblems.chain(seed, 10))) {
      List<Candidate> front = Candidate.front(PlanSpace.of(seen, List.of(Codec.FP32)));
      double least = front.stream().mapToDouble(one -> one.costs().seconds()).min().orElseThrow();
      Plan plan =
          new HedgedTable(
                  new HedgedTable.Settings(false, false, Hedge.NEVER, List.of(Codec.FP32), 1))
              .plan(seen)
              .entries()
              .get(0)
              .plan();
      assertThat(least)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Costs.of(plan, seen).seconds() * (1 + 1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void bestIsTheCheapestThatKeepsTheBoundsOrTheNearest(long seed) {
    Observation free = seed % 2 == 0 ? RandomExits.problem(seed) : RandomProblems.chain(seed, 8);
    List<Candidate> all = PlanSpace.of(free, CODECS);
    Costs middle = all.get(all.size() / 2).costs();
    double scale = seed % 3 == 0 ? 1e-3 : 1;
    Bounds bounds = new Bounds(positive(middle.seconds() * scale), ANY, ANY);
    Observation seen = within(free, bounds);
    Weights weights = new Weights(0.3, 0.1, 0.2);
    Candidate best = Candidate.best(all, weights, seen);
    List<Candidate> keeping =
        all.stream().filter(one -> one.costs().seconds() <= bounds.seconds()).toList();
    if (keeping.isEmpty()) {
      double nearest = all.stream().mapToDouble(one -> one.costs().seconds()).min().orElseThrow();
      assertThat(best.costs().seconds()).isEqualTo(nearest);
      assertThat(Keeping.broken(best.costs(), seen)).contains(" s instead of ");
    } else {
      assertThat(keeping).contains(best);
      assertThat(Keeping.broken(best.costs(), seen)).isEmpty();
      for (Candidate one : keeping) {
        assertThat(best.costs().worth(weights)).isLessThanOrEqualTo(one.costs().worth(weights));
      }
    }
  }

  private static Observation within(Observation seen, Bounds bounds) {
    return seen.with(seen.demand().within(bounds));
  }

  private static double positive(double seconds) {
    return Double.isFinite(seconds) && seconds > 0 ? seconds : 1;
  }

  @Test
  void withExitsBothEarlyAndLastAnswersAreThere() {
    Observation seen = RandomExits.problem(3);
    int exits = seen.exits().orElseThrow().exits().size();
    assertThat(PlanSpace.of(seen, CODECS))
        .extracting(one -> one.plan().exits().orElseThrow().size())
        .contains(1, exits);
  }

  @Test
  void eachPlanIsThereOnce() {
    List<Plan> plans =
        PlanSpace.of(HandMade.observation(), CODECS).stream().map(Candidate::plan).toList();
    assertThat(plans).doesNotHaveDuplicates().contains(Plan.local(HandMade.observation().graph()));
    int cuts = HandMade.observation().graph().size() - 1;
    int servers = HandMade.observation().servers().size();
    assertThat(plans).hasSizeGreaterThanOrEqualTo(1 + cuts * servers * CODECS.size() * 2);
  }

  /** 18.75 Wh for 12.5 h are 1.5 W. Local: 26 J in 6.75 s (0.25 s of them queue). */
  @Test
  void batteryLifeBoundsMeanPower() {
    assertThat(Bounds.watts(18.75, 12.5)).isEqualTo(1.5);
    Observation seen = HandMade.observation();
    Costs local = Costs.of(Plan.local(seen.graph()), seen);
    double rate = seen.demand().framesPerSecond();
    assertThat(local.watts(seen)).isEqualTo(rate * 26 + Math.max(0, 1 - rate * local.seconds()));
    Bounds bounds = new Bounds(ANY, ANY, local.watts(seen) / 2);
    Observation bound = within(seen, bounds);
    assertThat(Keeping.keeps(local, bound)).isFalse();
    assertThat(Keeping.broken(local, bound)).matches("[0-9.]+ W instead of [0-9.]+ W");
  }

  @Test
  void refusesBoundsAndWeightsThatMeanNothing() {
    for (double wrong : new double[] {-1, Double.NaN}) {
      Stream.<Runnable>of(
              () -> new Bounds(wrong, 1, 1),
              () -> new Bounds(1, wrong, 1),
              () -> new Bounds(1, 1, wrong),
              () -> new Weights(wrong, 0, 0),
              () -> new Weights(0, wrong, 0),
              () -> new Weights(0, 0, wrong))
          .forEach(
              made ->
                  assertThatThrownBy(made::run)
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("not " + wrong));
    }
  }
}
