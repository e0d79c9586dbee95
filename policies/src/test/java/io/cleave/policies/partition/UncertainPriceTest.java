package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.PlanPrice;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UncertainPriceTest {
  private static final RateError ERROR =
      new RateError(List.of(0.0, 0.05, 0.3, 0.6, 0.8, 0.95, 1.0, 1.1, 1.4, 3.0));

  /** The search leaves out what cannot be best; here nothing is left out. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheBestOfAllDelaysAtWhichAnAnswerIsDueAndIsPatientAfterIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation observation = busy(RandomProblems.dag(seed, 9), random);
    for (Plan plan : BruteForce.plans(observation)) {
      UncertainPrice price = new UncertainPrice(plan, observation, ERROR);
      double x = Math.pow(10, random.nextDouble(-10, -2));
      if (price.hedgesFreely() || price.uplinkBits() == 0) {
        continue;
      }
      double best = 0;
      for (int i = ERROR.ratios().size() - 1; i > 0; i--) { // the last one never answers
        double answer = price.fixedSeconds() + price.uplinkBits() * x / ERROR.ratios().get(i);
        double delay = answer - price.nearSeconds() - observation.device().queueSeconds();
        best = price.expected(x, delay) < price.expected(x, best) ? delay : best;
      }
      double least = price.expected(x, patient(price, x, best, observation));
      assertThat(price.expected(x, price.bestDelay(x)))
          .as("%s at %s s/bit", plan, x)
          .isCloseTo(least, within(1e-12 * least));
      assertThat(price.best(x, least * 1.0001).cost()).isCloseTo(least, within(1e-12 * least));
      assertThat(price.best(x, least * 0.9).cost()) // too much for who asked: it or infinite
          .isGreaterThanOrEqualTo(least * (1 - 1e-12));
    }
  }

  /** The same, or as long as one should wait if nothing is expected until then, and it pays. */
  private static double patient(UncertainPrice price, double x, double best, Observation seen) {
    Plan plan = price.entry(0).plan();
    double patience =
        Patience.seconds(
            PlanPrice.of(plan, seen).restSeconds(),
            seen.power(),
            seen.demand().weights().perJoule());
    boolean expected =
        ERROR.ratios().stream()
            .mapToDouble(ratio -> price.farSeconds() + price.uplinkBits() * x / ratio)
            .anyMatch(due -> due > best * (1 + 1e-9) && due <= patience);
    boolean pays = price.expected(x, patience) <= price.expected(x, Hedge.NEVER.delaySeconds());
    return best == 0 || expected || !pays ? best : Math.max(best, patience);
  }

  /** Between a tenth and three times as many frames as the device can do alone. */
  private static Observation busy(Observation seen, SplittableRandom random) {
    double alone = CostModel.estimate(Plan.local(seen.graph()), seen).seconds();
    double rate = random.nextDouble(0.1, 3) / alone;
    double price = random.nextBoolean() ? 0 : random.nextDouble(0.3) * (1 + 9 * random.nextInt(2));
    Demand demand = new Demand(rate, Double.POSITIVE_INFINITY, price, random.nextInt(3) / 2.0);
    return new Observation(seen.graph(), seen.device(), seen.power(), seen.servers(), demand);
  }
}
