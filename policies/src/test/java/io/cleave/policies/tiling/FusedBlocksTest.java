package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The best grouping of all, against all groupings. */
final class FusedBlocksTest {
  private static final int LAYERS = 12;
  private static final double ROUNDING = 1e-12;

  private static Terms terms(long seed) {
    return new Terms(Codec.FP32, seed % 2 == 0 ? Airtime.SEPARATE : Airtime.SHARED);
  }

  /** Each bit says whether a block ends behind that layer: all 2^(n-1) groupings. */
  private static double exhaustive(Observation seen, Divider divider) {
    int layers = seen.graph().size() - 1;
    double[][] block = new double[layers][layers + 1]; // [from][to] seconds
    for (int from = 0; from < layers; from++) {
      for (int to = from + 1; to <= layers; to++) {
        block[from][to] = seconds(seen, divider, LayerSet.range(from + 1, to + 1));
      }
    }
    return IntStream.range(0, 1 << (layers - 1))
        .mapToDouble(
            ends -> {
              double sum = 0;
              int from = 0;
              for (int to = 1; to <= layers; to++) {
                if (to == layers || (ends & (1 << (to - 1))) != 0) {
                  sum += block[from][to];
                  from = to;
                }
              }
              return sum;
            })
        .min()
        .orElseThrow();
  }

  private static double seconds(Observation seen, Divider divider, LayerSet layers) {
    double here = seen.device().times().run(layers);
    return Divisible.of(seen.graph(), layers)
        .flatMap(run -> divider.of(run, Double.POSITIVE_INFINITY))
        .map(SharedRun::seconds)
        .filter(seconds -> seconds < here)
        .orElse(here);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void programmeFindsTheBestOfAllGroupings(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % LAYERS));
    Divider divider = new BalancedTiles(seen, terms(seed));
    RunEnds.Division found = new RunEnds(seen, terms(seed), divider, Runs.of(seen.graph())).best();
    assertThat(found.seconds()).isCloseTo(exhaustive(seen, divider), within(ROUNDING));
  }

  /** What is left out without being looked at could not have been better. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void nothingIsQuickerThanTheLeastTime(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 6));
    List<Divider> rules =
        List.of(
            new Shares(seen, terms(seed)),
            new BalancedTiles(seen, terms(seed)),
            new GreedyTiles.Bisection(seen, terms(seed)));
    Runs runs = Runs.of(seen.graph());
    for (int from = 0; from < runs.count(); from++) {
      for (int to = from + 1; to < runs.count(); to++) {
        runs.divisible(from, to)
            .ifPresent(
                run -> {
                  double bound = LeastTime.of(seen, terms(seed), run, Crew.ranked(seen)).seconds();
                  for (Divider rule : rules) {
                    rule.of(run, Double.POSITIVE_INFINITY)
                        .ifPresent(
                            shared ->
                                assertThat(shared.seconds())
                                    .isGreaterThanOrEqualTo(bound * (1 - ROUNDING)));
                  }
                });
      }
    }
  }

  /** Tiles of any sizes, with what overlaps counted. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void noGridIsQuickerThanItsLeastTime(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 6), 5);
    List<Integer> crew = Crew.ranked(seen);
    Pricing pricing = new Pricing(seen, terms(seed));
    Runs runs = Runs.of(seen.graph());
    for (int to = 1; to < runs.count(); to++) {
      Optional<Divisible> found = runs.divisible(0, to).filter(Divisible::isMap);
      if (found.isEmpty()) {
        continue;
      }
      Divisible run = found.get();
      LeastTime least = LeastTime.of(seen, terms(seed), run, crew);
      for (int count = 1; count <= crew.size(); count++) {
        double[] weights = random.doubles(count, 0.1, 1).toArray();
        for (int columns = 1; columns <= count; columns++) {
          if (count % columns > 0) {
            continue;
          }
          List<Sharing.Share> shares = Layout.bands(run, crew.subList(0, count), weights, columns);
          if (shares.size() == count) {
            double bound = least.grid(Strip.ROWS, count / columns, Strip.COLUMNS, columns);
            assertThat(pricing.shared(run, shares).seconds())
                .as("%d bands of %d", count / columns, columns)
                .isGreaterThanOrEqualTo(bound * (1 - ROUNDING));
          }
        }
      }
    }
  }

  /** Tiles that are taken by whoever is free. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void noStealingIsQuickerThanItsLeastTime(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 6), 5);
    Pricing pricing = new Pricing(seen, terms(seed));
    Runs runs = Runs.of(seen.graph());
    for (int to = 1; to < runs.count(); to++) {
      Optional<Divisible> found = runs.divisible(0, to).filter(Divisible::isMap);
      if (found.isEmpty()) {
        continue;
      }
      Divisible run = found.get();
      LeastTime least = LeastTime.of(seen, terms(seed), run, Crew.ranked(seen));
      for (int most = 1; most <= Math.min(3, run.length()); most++) {
        List<Piece> line =
            new Grid(most, 1 + most / 2).tiles(run.length(Strip.ROWS), run.length(Strip.COLUMNS));
        Sharing sharing = new Stealing(seen, terms(seed).codec()).of(run.funnel(), line);
        double seconds =
            pricing.seconds(pricing.branches(run, sharing.shares()), sharing.handout());
        assertThat(seconds).isGreaterThanOrEqualTo(least.anybody(line) * (1 - ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void fusedTilesAreTheSameIfEnoughIsMore(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 6), 5);
    FusedTiles planner =
        new FusedTiles(
            new Grid(2, 2), OptionalInt.empty(), new Terms(Codec.FP32, Airtime.SEPARATE));
    Plan plain = planner.plan(seen).entries().get(0).plan();
    double seconds = CostModel.estimate(plain, seen).seconds();
    assertThat(planner.plan(seen, 1.001 * seconds).entries().get(0).plan()).isEqualTo(plain);
  }
}
