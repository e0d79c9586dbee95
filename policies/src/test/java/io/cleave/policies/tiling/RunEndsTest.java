package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RunEndsTest {
  private static final double ROUNDING = 1e-12;

  private static Terms terms(Airtime airtime) {
    return new Terms(Codec.FP32, airtime);
  }

  private static RunEnds.Division division(Observation seen, Terms terms) {
    return new RunEnds(seen, terms, new Shares(seen, terms), Runs.of(seen.graph())).best();
  }

  /** Every way to divide the layers into runs, each alone or shared by the rule. */
  private static double bruteForce(Observation seen, Terms terms, int from) {
    int size = seen.graph().size();
    if (from == size) {
      return 0;
    }
    Shares shares = new Shares(seen, terms);
    double best = Double.POSITIVE_INFINITY;
    for (int to = from + 1; to <= size; to++) {
      LayerSet layers = LayerSet.range(from, to);
      double run = seen.device().times().run(layers);
      double shared =
          Divisible.of(seen.graph(), layers)
              .flatMap(piece -> shares.of(piece, Double.POSITIVE_INFINITY))
              .map(SharedRun::seconds)
              .orElse(run);
      best = Math.min(best, Math.min(run, shared) + bruteForce(seen, terms, to));
    }
    return best;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheBestRunsOfAll(long seed) {
    Observation seen = RandomChains.of(seed);
    Terms terms = terms(seed % 2 == 0 ? Airtime.SEPARATE : Airtime.SHARED);
    RunEnds.Division found = division(seen, terms);
    assertThat(found.seconds()).isCloseTo(bruteForce(seen, terms, 1), within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void whatIsFoundCostsWhatTheCostModelSays(long seed) {
    Observation seen = RandomChains.of(seed);
    RunEnds.Division found = division(seen, terms(Airtime.SEPARATE));
    Plan plan = new Plan(found.stages(), Codec.FP32, Hedge.NEVER);
    assertThat(CostModel.estimate(plan, seen).seconds())
        .isCloseTo(found.seconds(), within(ROUNDING));
    PlanTable.Entry entry = CostModel.entry(plan, seen);
    assertThat(entry.seconds(seen.server(1).link().up()))
        .isCloseTo(found.seconds(), within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isNeverWorseThanTheDeviceAlone(long seed) {
    Observation seen = RandomChains.of(seed);
    PlanTable table = new FineGrained(terms(Airtime.SEPARATE)).plan(seen);
    double alone = CostModel.estimate(Plan.local(seen.graph()), seen).seconds();
    Plan plan = table.entries().get(0).plan();
    assertThat(CostModel.estimate(plan, seen).seconds()).isLessThanOrEqualTo(alone + ROUNDING);
  }

  @Test
  void randomChainsAreSharedOftenAndNotAlways() {
    List<Plan> plans =
        IntStream.range(0, 100)
            .mapToObj(RandomChains::of)
            .map(seen -> new FineGrained(terms(Airtime.SEPARATE)).plan(seen))
            .map(table -> table.entries().get(0).plan())
            .toList();
    assertThat(plans.stream().filter(plan -> !plan.isLocal()).count()).isBetween(30L, 95L);
    List<Stage> shared = new ArrayList<>();
    plans.forEach(plan -> shared.addAll(plan.stages()));
    assertThat(shared.stream().filter(stage -> stage.nodes().size() == 3).count()).isPositive();
  }
}
