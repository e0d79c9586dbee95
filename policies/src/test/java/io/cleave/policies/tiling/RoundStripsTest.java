package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rounds found one after the other, against all sets of places where they could end. */
final class RoundStripsTest {
  private static final int LAYERS = 10;

  private static Terms terms(long seed) {
    return new Terms(Codec.FP32, seed % 2 == 0 ? Airtime.SEPARATE : Airtime.SHARED);
  }

  /** The quickest of all rounds of the whole chain on all machines; infinite if there are none. */
  private static double exhaustive(RoundStrips rule, CrewRounds crew, Runs runs) {
    int end = runs.count() - 1;
    double best = Double.POSITIVE_INFINITY;
    for (int chosen = 1; chosen < 1 << (end - 1); chosen++) {
      List<Integer> ends = new ArrayList<>(List.of(0));
      for (int place = 1; place < end; place++) {
        if ((chosen & (1 << (place - 1))) != 0) {
          ends.add(place);
        }
      }
      ends.add(end);
      if (crew.rows().canEnd(ends) && cutAll(runs, ends)) {
        best = Math.min(best, rule.seconds(crew.rows(), ends));
      }
    }
    return best;
  }

  private static boolean cutAll(Runs runs, List<Integer> ends) {
    for (int i = 1; i < ends.size(); i++) {
      if (runs.divisible(ends.get(i - 1), ends.get(i)).filter(CrewRounds::hasRows).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** How far the rounds found are above the best; NaN if there are none. */
  private static double regret(long seed) {
    Observation seen = RandomChains.of(seed, 2 + (int) (seed % (LAYERS - 1)));
    Runs runs = Runs.of(seen.graph());
    RoundStrips rule = new RoundStrips(seen, new Terms(Codec.FP32, Airtime.SEPARATE), runs);
    List<Integer> ranked = Crew.ranked(seen);
    CrewRounds crew = rule.rounds(ranked.size());
    int end = runs.count() - 1;
    double best = exhaustive(rule, crew, runs);
    if (Double.isInfinite(crew.seconds(0, end)) || Double.isInfinite(best)) {
      return Double.NaN;
    }
    List<Integer> found = new ArrayList<>(crew.between(0, end));
    found.add(0, 0);
    found.add(end);
    double seconds = rule.seconds(crew.rows(), found);
    assertThat(seconds).as("seed %d", seed).isGreaterThanOrEqualTo(best);
    return seconds / best - 1;
  }

  /** One way a place is kept, so some are missed. */
  @Test
  void mostRoundsFoundAreTheBestOfAll() {
    double[] regrets =
        LongStream.range(0, 300)
            .mapToDouble(RoundStripsTest::regret)
            .filter(regret -> !Double.isNaN(regret))
            .sorted()
            .toArray();
    assertThat(regrets).hasSizeGreaterThan(70);
    assertThat(regrets[regrets.length * 3 / 4]).isLessThan(1e-9);
    assertThat(regrets[regrets.length - 1]).isLessThan(0.1);
  }

  private static Plan aofl(Observation seen, FusedBlocks.Exchange exchange, long seed) {
    return new FusedBlocks(exchange, terms(seed)).plan(seen).entries().get(0).plan();
  }

  /** Exchange is one more choice: with it no plan is foretold to be slower. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void exchangeCostsNothing(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 12));
    Terms separate = new Terms(Codec.FP32, Airtime.SEPARATE);
    double without =
        CostModel.estimate(
                new FusedBlocks(FusedBlocks.Exchange.OFF, separate)
                    .plan(seen)
                    .entries()
                    .get(0)
                    .plan(),
                seen)
            .seconds();
    double with =
        CostModel.estimate(
                new FusedBlocks(FusedBlocks.Exchange.ON, separate)
                    .plan(seen)
                    .entries()
                    .get(0)
                    .plan(),
                seen)
            .seconds();
    assertThat(with).isLessThanOrEqualTo(without * (1 + 1e-12));
  }

  /** What the rule promises is what the plan is foretold to take. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void aStageInRoundsTakesWhatWasSaid(long seed) {
    Observation seen = RandomChains.of(seed, 2 + (int) (seed % 9));
    Runs runs = Runs.ofBlocks(seen.graph());
    Terms terms = terms(seed);
    RoundStrips rule = new RoundStrips(seen, terms, runs);
    for (int end = 2; end < runs.count(); end++) {
      runs.divisible(0, end)
          .flatMap(run -> rule.of(run, Double.POSITIVE_INFINITY))
          .ifPresent(
              run -> {
                Stage stage = run.stage();
                assertThat(stage.sharing().orElseThrow().rounds()).isNotEmpty();
                assertThat(new Pricing(seen, terms).seconds(List.of(stage)))
                    .isCloseTo(run.seconds(), within(1e-12));
              });
    }
  }

  /** So that the tests above look at something. */
  @Test
  void someClustersAreForetoldToBeQuickerWithExchange() {
    long inRounds =
        LongStream.range(0, 100)
            .filter(
                seed ->
                    aofl(RandomChains.of(seed, 12), FusedBlocks.Exchange.ON, seed).stages().stream()
                        .anyMatch(
                            stage ->
                                stage.sharing().filter(s -> !s.rounds().isEmpty()).isPresent()))
            .count();
    assertThat(inRounds).isGreaterThanOrEqualTo(10);
  }
}
