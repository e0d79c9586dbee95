package io.cleave.policies.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomExits;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LeastCostTest {
  private static final List<Codec> CODECS = List.of(Codec.FP32, Codec.INT8);
  private static final double ROUNDED = 1 + 1e-12;

  private static Observation problem(long seed) {
    Observation seen = seed % 2 == 0 ? RandomExits.problem(seed) : RandomProblems.dag(seed, 8);
    double perJoule = seed % 3 == 0 ? 0 : 0.4;
    return seen.with(new Demand(2, Double.POSITIVE_INFINITY, perJoule));
  }

  private static Costs taken(Observation seen, double perPoint, double perServerSecond) {
    double perJoule = seen.demand().weights().perJoule();
    Weights weights = new Weights(perJoule, perPoint, perServerSecond);
    Observation weighing = seen.with(seen.demand().weighing(weights));
    Plan plan = new LeastCost(CODECS).plan(weighing).entries().get(0).plan();
    return Costs.of(plan, seen);
  }

  /** Worked out here anew: seconds, and what all else is worth in seconds. */
  private static double cost(Costs costs, Observation seen, double perPoint, double perServer) {
    return costs.seconds()
        + seen.demand().weights().perJoule() * costs.joules()
        + perPoint * costs.lossPoints()
        + perServer * costs.serverSeconds();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void noPlanCostsLess(long seed) {
    Observation seen = problem(seed);
    SplittableRandom random = new SplittableRandom(seed);
    double perPoint = random.nextDouble(0.2);
    double perServer = random.nextDouble(5);
    double taken = cost(taken(seen, perPoint, perServer), seen, perPoint, perServer);
    double least =
        PlanSpace.of(seen, CODECS).stream()
            .filter(one -> one.costs().seconds() < Double.POSITIVE_INFINITY)
            .mapToDouble(one -> cost(one.costs(), seen, perPoint, perServer))
            .min()
            .orElseThrow();
    assertThat(taken).isLessThanOrEqualTo(least + 1e-12);
  }

  /** What becomes dearer is not used more. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void dearerPointsAndServersAreSaved(long seed) {
    Observation seen = problem(seed);
    double points = Double.POSITIVE_INFINITY;
    double servers = Double.POSITIVE_INFINITY;
    for (double weight : List.of(0.0, 0.01, 0.1, 1.0, 1e6)) {
      double lost = taken(seen, weight, 0).lossPoints();
      double served = taken(seen, 0, weight).serverSeconds();
      assertThat(lost).isLessThanOrEqualTo(points + 1e-9);
      assertThat(served).isLessThanOrEqualTo(servers * ROUNDED);
      points = lost;
      servers = served;
    }
    assertThat(servers).as("servers at a million seconds a second").isZero();
  }
}
