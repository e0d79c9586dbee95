package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server and frames far apart, so that all costs are the frame's own. */
class HedgedTableTest {
  private static final double[] DECADES = {2, 3, 4, 4.5, 5, 5.5, 6, 6.5, 7, 8, 9, 10, 11};

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void withoutHedgeIsTheExactTable(long seed) {
    Observation observation = problem(seed, 12, 0, RateError.NONE);
    PlanTable exact = ExactTable.of(observation, 1);
    PlanTable ours = plan(observation, true, false, Hedge.NEVER);
    assertThat(ours.entries()).isEqualTo(exact.entries());
    assertThat(ours.breakpoints()).isEqualTo(exact.breakpoints());
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void withoutEitherIdeaIsOneMinimumCut(long seed) {
    Observation observation = RandomProblems.dag(seed, 12); // several servers
    PlanTable ours = plan(observation, false, false, Hedge.NEVER);
    assertThat(ours.entries()).hasSize(1);
    double best = BruteForce.bestSeconds(observation);
    double seconds = CostModel.estimate(ours.entries().get(0).plan(), observation).seconds();
    assertThat(seconds).isCloseTo(best, within(1e-9 * best));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hedgedAtOnceIsNeverPredictedLaterThanLocal(long seed) {
    Observation observation = problem(seed, 12, 0, ratios(seed));
    PlanTable ours = plan(observation, true, false, Hedge.AT_ONCE);
    double local = CostModel.estimate(Plan.local(observation.graph()), observation).seconds();
    for (double decade = 2; decade < 11; decade += 0.03) {
      Bandwidth up = new Bandwidth(Math.pow(10, decade));
      Observation now = RandomProblems.atUplink(observation, up);
      assertThat(CostModel.estimate(ours.at(up).plan(), now).seconds())
          .as("at %s", up)
          .isLessThanOrEqualTo(local * (1 + 1e-9));
    }
  }

  /** Whatever the rate turns out to be, at most one engine start later than local. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hedgedAtOnceIsAtMostOneStartLaterThanLocalWhateverTheRate(long seed) {
    Observation observation = problem(seed, 12, 0, ratios(seed));
    PlanTable ours = plan(observation, true, false, Hedge.AT_ONCE);
    double bound =
        CostModel.estimate(Plan.local(observation.graph()), observation).seconds()
            + observation.device().times().startSeconds();
    for (PlanTable.Entry entry : ours.entries()) {
      for (double rate : new double[] {0, 1, 1e4, 1e6, 1e9}) {
        Observation truth = RandomProblems.atUplink(observation, new Bandwidth(rate));
        assertThat(CostModel.estimate(entry.plan(), truth).seconds())
            .isLessThanOrEqualTo(bound * (1 + 1e-12));
      }
    }
  }

  /** Optimal over all cuts, whatever the delay: with free energy no delay beats none. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheLeastExpectedLatencyOverAllCutsAndDelays(long seed) {
    RateError error = ratios(seed);
    Observation observation = problem(seed, 9, 0, error);
    for (double decade : DECADES) {
      Observation now = RandomProblems.atUplink(observation, new Bandwidth(Math.pow(10, decade)));
      double best = Double.POSITIVE_INFINITY;
      for (Plan plan : BruteForce.plans(now)) {
        for (double delay : new double[] {0, 0.01, 0.3, 2, Double.POSITIVE_INFINITY}) {
          best = Math.min(best, expected(plan.with(new Hedge(delay)), now, error));
        }
      }
      assertThat(expected(decided(now, false, true), now, error))
          .as("rate 10^%s", decade)
          .isCloseTo(best, within(1e-9 * best));
      assertThat(expected(decided(now, true, true), now, error))
          .as("from the table, rate 10^%s", decade)
          .isCloseTo(best, within(1e-9 * best));
    }
  }

  /** With a price on energy: no delay out of a fine grid is better for the cut chosen. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void choosesTheBestDelayWhenEnergyHasAPrice(long seed) {
    RateError error = ratios(seed);
    Observation observation = problem(seed, 9, 0.3, error);
    for (double decade : DECADES) {
      Observation now = RandomProblems.atUplink(observation, new Bandwidth(Math.pow(10, decade)));
      Plan decided = decided(now, false, true);
      double cost = expected(decided, now, error);
      for (double delay = 1e-5; delay < 1e3 && !decided.isLocal(); delay *= 1.3) {
        assertThat(cost)
            .as("rate 10^%s, delay %s", decade, delay)
            .isLessThanOrEqualTo(expected(decided.with(new Hedge(delay)), now, error) * (1 + 1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hedgingNeverRaisesTheExpectedCost(long seed) {
    for (double secondsPerJoule : new double[] {0, 0.1, 3}) {
      RateError error = ratios(seed);
      Observation observation = problem(seed, 12, secondsPerJoule, error);
      for (double decade : DECADES) {
        Observation now = RandomProblems.atUplink(observation, new Bandwidth(Math.pow(10, decade)));
        double hedged = expected(decided(now, true, true), now, error);
        double unhedged = expected(decided(now, true, false), now, error);
        double local = expected(Plan.local(now.graph()), now, error);
        assertThat(hedged).isLessThanOrEqualTo(unhedged * (1 + 1e-9));
        assertThat(hedged).isLessThanOrEqualTo(local * (1 + 1e-9));
      }
    }
  }

  /** Between the grid's rates a neighbour's choice holds; what that loses is small. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void tableIsCloseToDecidingAnewAtEveryRate(long seed) {
    RateError error = ratios(seed);
    for (double secondsPerJoule : new double[] {0, 0.3}) {
      Observation observation = problem(seed, 12, secondsPerJoule, error);
      PlanTable table =
          plan(RandomProblems.atUplink(observation, Bandwidth.mbps(1)), true, true, Hedge.NEVER);
      for (double decade = 2; decade < 11; decade += 0.137) {
        Bandwidth up = new Bandwidth(Math.pow(10, decade));
        Observation now = RandomProblems.atUplink(observation, up);
        double anew = expected(decided(now, false, true), now, error);
        assertThat(expected(table.at(up).plan(), now, error))
            .isLessThanOrEqualTo(anew * (secondsPerJoule == 0 ? 1.001 : 1.02));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void dearEnergyHedgesLaterOrNotAtAll(long seed) {
    RateError error = ratios(seed);
    for (double decade : DECADES) {
      Observation cheap = problem(seed, 8, 1e-6, error);
      Observation dear = problem(seed, 8, 1e-6, error);
      Bandwidth up = new Bandwidth(Math.pow(10, decade));
      Plan soon = decided(RandomProblems.atUplink(cheap, up), false, true);
      Observation priced = RandomProblems.atUplink(priced(dear, 10), up);
      for (Plan plan : List.of(soon, decided(priced, false, true))) {
        assertThat(plan.isLocal() || plan.hedge().armed()).isTrue(); // insured in any case
      }
      double frugal = meanHedgeJoules(decided(priced, false, true), priced, error);
      double lavish = meanHedgeJoules(soon.with(Hedge.AT_ONCE), priced, error);
      assertThat(frugal).isLessThanOrEqualTo(lavish + 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void fixedDelayIsTheDelayOfEveryOffloadedPlan(long seed) {
    PlanTable table = plan(problem(seed, 8, 0, ratios(seed)), true, false, new Hedge(0.25));
    assertThat(table.entries())
        .allMatch(entry -> entry.plan().isLocal() || entry.plan().hedge().delaySeconds() == 0.25);
    assertThat(table.at(new Bandwidth(0)).plan().isLocal()).isTrue();
  }

  /** A frame that comes while the device computes a hedge waits for it. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void crowdedFramesAreHedgedNoMoreThanLonelyOnes(long seed) {
    RateError error = ratios(seed);
    Observation lonely = problem(seed, 8, 0, error);
    double local = CostModel.estimate(Plan.local(lonely.graph()), lonely).seconds();
    Observation crowded = with(lonely, new Demand(0.5 / local, 1, 0, 1));
    for (double decade : DECADES) {
      Bandwidth up = new Bandwidth(Math.pow(10, decade));
      Plan alone = decided(RandomProblems.atUplink(lonely, up), false, true);
      Plan among = decided(RandomProblems.atUplink(crowded, up), false, true);
      if (!alone.isLocal() && !among.isLocal()) {
        assertThat(among.hedge().delaySeconds())
            .isGreaterThanOrEqualTo(alone.hedge().delaySeconds());
      }
    }
  }

  private static Plan decided(Observation observation, boolean table, boolean auto) {
    return plan(observation, table, auto, Hedge.NEVER).at(observation.server(1).link().up()).plan();
  }

  private static PlanTable plan(Observation observation, boolean table, boolean auto, Hedge fixed) {
    return new HedgedTable(new HedgedTable.Settings(table, auto, fixed, List.of(Codec.FP32), 1))
        .plan(observation);
  }

  /** Mean over the ratios of seconds plus priced joules, by the cost model alone. */
  private static double expected(Plan plan, Observation observation, RateError error) {
    double sum = 0;
    for (double ratio : error.ratios()) {
      Estimate estimate = truth(plan, observation, ratio);
      double price = observation.demand().weights().perJoule();
      sum += estimate.seconds() + (price == 0 ? 0 : price * estimate.energy().joules());
    }
    return sum / error.ratios().size();
  }

  private static double meanHedgeJoules(Plan plan, Observation observation, RateError error) {
    return error.ratios().stream()
        .mapToDouble(ratio -> truth(plan, observation, ratio).hedgeSeconds())
        .map(seconds -> seconds * observation.power().computeWatts())
        .average()
        .orElseThrow();
  }

  private static Estimate truth(Plan plan, Observation observation, double ratio) {
    Bandwidth up = observation.server(1).link().up();
    Bandwidth trueRate = new Bandwidth(up.bitsPerSecond() * ratio);
    return CostModel.estimate(plan, RandomProblems.atUplink(observation, trueRate));
  }

  private static RateError ratios(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1000);
    List<Double> ratios = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      ratios.add(0.0);
    }
    int count = random.nextInt(1, 8);
    for (int i = 0; i < count; i++) {
      ratios.add(Math.pow(10, random.nextDouble(-1.5, 0.7)));
    }
    ratios.sort(null);
    return new RateError(ratios);
  }

  private static Observation problem(
      long seed, int maxLayers, double secondsPerJoule, RateError error) {
    Observation random = RandomProblems.dag(seed, maxLayers);
    ServerState first = random.servers().get(0);
    LinkState link = first.link();
    return new Observation(
        random.graph(),
        random.device(),
        random.power(),
        List.of(
            new ServerState(
                first.node(), new LinkState(link.up(), link.down(), link.rttSeconds(), error))),
        new Demand(1e-9, Double.POSITIVE_INFINITY, secondsPerJoule));
  }

  private static Observation priced(Observation observation, double secondsPerJoule) {
    return with(observation, new Demand(1e-9, Double.POSITIVE_INFINITY, secondsPerJoule));
  }

  private static Observation with(Observation o, Demand demand) {
    return new Observation(o.graph(), o.device(), o.power(), o.servers(), demand);
  }
}
