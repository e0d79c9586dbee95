package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Weights;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken when joules, right answers and servers' seconds have a price beside time. */
final class WeighedCutsTest {
  private static final List<Codec> CODECS = List.of(Codec.FP32, Codec.FP16, Codec.INT8);
  private static final List<Double> SHARES = List.of(-0.01, 0.0, 0.002, 0.01, 0.08);

  /** Lonely frames on known rates; of each tensor it was measured what some forms cost. */
  private static Observation problem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation drawn =
        seed % 2 == 0 ? RandomProblems.chain(seed, 12) : RandomProblems.dag(seed, 9);
    return new Observation(
        drawn.graph().with(tensor -> measured(tensor, random)),
        drawn.device(),
        drawn.power(),
        drawn.servers().stream().map(WeighedCutsTest::known).toList(),
        new Demand(1e-9, Double.POSITIVE_INFINITY, 0));
  }

  private static Tensor measured(Tensor tensor, SplittableRandom random) {
    return tensor.with(
        Map.of(
            Codec.FP16.name(),
            new Tensor.Measured(0.5, SHARES.get(random.nextInt(3))),
            Codec.INT8.name(),
            new Tensor.Measured(
                random.nextDouble(0.1, 0.3), SHARES.get(random.nextInt(SHARES.size())))));
  }

  private static ServerState known(ServerState server) {
    LinkState link = server.link();
    return new ServerState(
        server.node(), new LinkState(link.up(), link.down(), link.rttSeconds(), RateError.NONE));
  }

  private static Observation weighing(Observation seen, Weights weights) {
    return seen.with(seen.demand().weighing(weights));
  }

  private static Plan taken(Observation seen, boolean hedged) {
    HedgedTable.Settings settings = new HedgedTable.Settings(true, hedged, Hedge.NEVER, CODECS, 1);
    PlanTable table = new HedgedTable(settings).plan(seen);
    return table.at(table.uplink(seen)).plan();
  }

  private static Weights any(SplittableRandom random) {
    return new Weights(some(random), some(random), some(random));
  }

  private static double some(SplittableRandom random) {
    return Math.pow(10, random.nextDouble(-3, 1));
  }

  /** Over all cuts, codecs and servers, the best by the cost model alone. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void ofAllCutsCodecsAndServersItTakesTheCheapest(long seed) {
    Observation unpriced = problem(seed);
    SplittableRandom random = new SplittableRandom(seed + 1000);
    for (int draw = 0; draw < 3; draw++) {
      Weights weights = any(random);
      Observation seen = weighing(unpriced, weights);
      double least =
          BruteForce.plans(seen).stream()
              .flatMap(plan -> CODECS.stream().map(plan::with))
              .mapToDouble(plan -> Costs.of(plan, seen).worth(weights))
              .min()
              .orElseThrow();
      double cost = Costs.of(taken(seen, false), seen).worth(weights);
      assertThat(cost).as("at %s", weights).isLessThanOrEqualTo(least * (1 + 1e-9));
    }
  }

  /** The dearer a server's second, the less of it is used; at last none. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void dearerServersAreUsedLess(long seed) {
    Observation unpriced = problem(seed);
    double before = Double.POSITIVE_INFINITY;
    for (double price : List.of(0.0, 0.01, 0.1, 1.0, 10.0, 1e9)) {
      Observation seen = weighing(unpriced, new Weights(0.1, 0, price));
      double used = Costs.of(taken(seen, false), seen).serverSeconds();
      assertThat(used).as("at %s", price).isLessThanOrEqualTo(before * (1 + 1e-9));
      before = used;
    }
    assertThat(before).isZero();
  }

  /** The same of points, which a lossy codec costs; dear enough, no plan loses any. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void dearerPointsAreNotLost(long seed) {
    Observation unpriced = problem(seed);
    double before = Double.POSITIVE_INFINITY;
    for (double price : List.of(0.0, 0.001, 0.01, 0.1, 1.0, 1e9)) {
      Observation seen = weighing(unpriced, new Weights(0, price, 0.01));
      double lost = Costs.of(taken(seen, false), seen).lossPoints();
      assertThat(lost).as("at %s", price).isLessThanOrEqualTo(before + 1e-9);
      before = lost;
    }
    assertThat(before).isZero();
  }

  /** A race keeps the server's seconds and the codec's points, whoever wins it. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hedgesMayOnlySaveAndNeverEscapeAPrice(long seed) {
    Observation unpriced = problem(seed);
    Weights weights = any(new SplittableRandom(seed + 2000));
    Observation seen = weighing(unpriced, weights);
    Costs hedged = Costs.of(taken(seen, true), seen);
    Costs awaited = Costs.of(taken(seen, false), seen);
    assertThat(hedged.worth(weights)).isLessThanOrEqualTo(awaited.worth(weights) * (1 + 1e-9));
    Observation dear = weighing(unpriced, new Weights(0, 0, 1e9));
    assertThat(Costs.of(taken(dear, true), dear).serverSeconds()).isZero();
  }
}
