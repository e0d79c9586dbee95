package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomExits;
import io.cleave.policies.Seeds;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EdgentStaticTest {
  /** Ten batches of a hundred seeds, in both directions. */
  static Stream<Arguments> batches() {
    return LongStream.range(0, 10)
        .boxed()
        .flatMap(i -> Stream.of(Direction.values()).map(way -> Arguments.of(way, i * Seeds.BATCH)));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void equalsExhaustiveSearch(Direction direction, long batch) {
    EdgentStatic planner = planner(direction, false);
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      Observation seen = RandomExits.problem(seed);
      Plan plan = planner.plan(seen).entries().get(0).plan();
      List<Searched> fastest = fastest(seen, direction);
      Searched best = searched(fastest, seen.demand().deadlineSeconds());
      double seconds = CostModel.estimate(plan, seen).seconds();
      assertThat(seconds)
          .as("seed %d", seed)
          .isCloseTo(best.seconds(), within(1e-9 * best.seconds()));
      boolean tie =
          fastest.stream().filter(other -> close(other.seconds(), best.seconds())).count() > 1;
      assertThat(tie || exitOf(plan) == exitOf(best.plan())).as("seed %d", seed).isTrue();
    }
  }

  /** Routes are priced by prefix sums; the cost model walks the plan. */
  @ParameterizedTest
  @MethodSource("batches")
  void pricesEveryRouteAsTheCostModelDoes(Direction direction, long batch) {
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      Observation seen = RandomExits.problem(seed);
      for (Observation each : List.of(seen, RandomExits.withoutExits(seen))) {
        Routes routes = Routes.of(each, direction);
        for (int node = 1; node <= each.servers().size(); node++) {
          for (Route.Priced route :
              routes.priced(each, node).stream().flatMap(List::stream).toList()) {
            PlanTable.Entry entry = CostModel.entry(routes.plan(route.route()), each);
            assertThat(route.uplinkBits())
                .as("seed %d %s", seed, route)
                .isEqualTo(entry.uplinkBits());
            if (entry.fixedSeconds() < Double.POSITIVE_INFINITY) {
              assertThat(route.fixedSeconds())
                  .as("seed %d %s", seed, route)
                  .isCloseTo(entry.fixedSeconds(), within(1e-9 * entry.fixedSeconds()));
            } else {
              assertThat(route.fixedSeconds()).isInfinite();
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void tableEqualsSolvingAnewAtEveryRate(Direction direction, long batch) {
    EdgentStatic tables = planner(direction, true);
    EdgentStatic anew = planner(direction, false);
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      Observation seen = RandomExits.problem(seed);
      Observation one = seen.with(seen.servers().subList(0, 1));
      PlanTable table = tables.plan(one);
      for (double x : rates(table, seed)) {
        Bandwidth up = new Bandwidth(x == Double.POSITIVE_INFINITY ? 0 : 1 / x);
        PlanTable.Entry there = anew.plan(RandomExits.atUplink(one, up)).entries().get(0);
        PlanTable.Entry here = table.at(up);
        assertThat(exitOf(here.plan()))
            .as("seed %d at %s s/bit", seed, x)
            .isEqualTo(exitOf(there.plan()));
        assertThat(here.seconds(up))
            .as("seed %d at %s s/bit", seed, x)
            .isCloseTo(there.seconds(up), within(1e-9 * there.seconds(up)));
      }
    }
  }

  /** Of several servers, the table's server is the one that is asked at the observed rates. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void tableAgreesWithOnePlanAtTheObservedRate(long seed) {
    Observation seen = RandomExits.problem(seed);
    PlanTable.Entry one = planner(Direction.EDGE_FIRST, false).plan(seen).entries().get(0);
    PlanTable table = planner(Direction.EDGE_FIRST, true).plan(seen);
    int node =
        one.plan().stages().stream().mapToInt(Stage::node).max().orElse(0) == 0
            ? 1
            : one.plan().stages().stream().mapToInt(Stage::node).max().orElse(0);
    PlanTable.Entry entry = table.at(seen.server(node).link().up());
    assertThat(entry.plan()).isEqualTo(one.plan());
  }

  /** Without exits it is a scan over all cuts, as Neurosurgeon's. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void scansTheCutsOfANetworkWithoutExits(long seed) {
    Observation seen = RandomExits.withoutExits(RandomExits.problem(seed));
    for (Direction direction : Direction.values()) {
      Plan plan = planner(direction, false).plan(seen).entries().get(0).plan();
      assertThat(plan.exits()).isEmpty();
      double best =
          plans(seen, Optional.empty(), seen.graph().all(), direction).stream()
              .mapToDouble(each -> CostModel.estimate(each, seen).seconds())
              .min()
              .orElseThrow();
      assertThat(CostModel.estimate(plan, seen).seconds()).isCloseTo(best, within(1e-9 * best));
    }
  }

  /**
   * By hand, {@link HandMade} at 8000 bit/s. Edge first behind b: up 1 + 0.1, queue 0.4, server
   * 0.05 + 0.1 + 0.2, down 2000 / 2000 + 0.1, device 0.5 + 3, and the device's queue 0.25: 6.7 s.
   * Behind c, all on the server: 3.0 s, as worked out in the cost model's test.
   */
  @Test
  void sendsTheInputAndFinishesOnTheDevice() {
    Observation seen = HandMade.observation();
    Routes routes = Routes.of(seen, Direction.EDGE_FIRST);
    Route.Priced behindB = routes.priced(seen, 1).get(0).get(2);
    assertThat(behindB.route()).isEqualTo(new Route(0, 1, 3));
    assertThat(behindB.secondsAt(1.0 / 8000)).isCloseTo(6.7, within(1e-12));
    assertThat(routes.plan(behindB.route()).stages())
        .containsExactly(
            new Stage(0, LayerSet.of(0)),
            new Stage(1, LayerSet.of(1, 2)),
            new Stage(0, LayerSet.of(3)));
    PlanTable table = planner(Direction.EDGE_FIRST, false).plan(seen);
    assertThat(table.entries().get(0).seconds(new Bandwidth(8000))).isCloseTo(3, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void answersTheSameWhateverWasAskedBefore(Direction direction) {
    EdgentStatic planner = planner(direction, true);
    for (long seed = 0; seed < 20; seed++) {
      Observation seen = RandomExits.problem(seed);
      planner.plan(RandomExits.withoutExits(RandomExits.problem(seed + 1)));
      assertThat(planner.plan(seen).entries())
          .isEqualTo(planner(direction, true).plan(seen).entries());
    }
  }

  private static EdgentStatic planner(Direction direction, boolean table) {
    return new EdgentStatic(new EdgentStatic.Settings(direction, table));
  }

  private record Searched(Plan plan, double seconds) {}

  /** The published algorithm on plans that are built layer by layer and priced one by one. */
  private static Searched searched(List<Searched> fastest, double deadline) {
    for (int exit = fastest.size() - 1; exit >= 0; exit--) {
      if (fastest.get(exit).seconds() <= deadline) {
        return fastest.get(exit);
      }
    }
    return fastest.stream().min(Comparator.comparingDouble(Searched::seconds)).orElseThrow();
  }

  /** Of each exit. */
  private static List<Searched> fastest(Observation seen, Direction direction) {
    List<Searched> fastest = new ArrayList<>();
    for (int exit = 0; exit < seen.graph().outputs().size(); exit++) {
      ExitRule rule = ExitRule.only(3, exit);
      LayerSet layers = seen.graph().leadingTo(seen.graph().outputs().get(exit));
      fastest.add(
          plans(seen, Optional.of(rule), layers, direction).stream()
              .map(plan -> new Searched(plan, CostModel.estimate(plan, seen).seconds()))
              .min(Comparator.comparingDouble(Searched::seconds))
              .orElseThrow());
    }
    return fastest;
  }

  private static boolean close(double a, double b) {
    return a == b || Math.abs(a - b) <= 1e-9 * b;
  }

  private static List<Plan> plans(
      Observation seen, Optional<ExitRule> rule, LayerSet layers, Direction direction) {
    List<Plan> plans = new ArrayList<>();
    plans.add(new Plan(List.of(new Stage(0, layers)), Codec.FP32, Hedge.NEVER, rule));
    int[] order = layers.stream().toArray();
    for (int node = 1; node <= seen.servers().size(); node++) {
      for (int cut = 1; cut <= order.length; cut++) {
        LayerSet before = LayerSet.of(IntStream.of(order).limit(cut).toArray());
        LayerSet behind = layers.minus(before);
        List<Stage> stages = new ArrayList<>();
        if (direction == Direction.DEVICE_FIRST) {
          stages.add(new Stage(0, before));
          if (!behind.isEmpty()) {
            stages.add(new Stage(node, behind));
          }
        } else {
          stages.add(new Stage(0, LayerSet.of(0)));
          if (cut > 1) {
            stages.add(new Stage(node, before.minus(LayerSet.of(0))));
          }
          if (!behind.isEmpty()) {
            stages.add(new Stage(0, behind));
          }
        }
        plans.add(new Plan(stages, Codec.FP32, Hedge.NEVER, rule));
      }
    }
    return plans;
  }

  private static int exitOf(Plan plan) {
    return plan.exits().orElseThrow().exits().get(0);
  }

  /** Random abscissas over all decades, an outage, and a step to either side of breakpoints. */
  private static List<Double> rates(PlanTable table, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> rates = new ArrayList<>(List.of(Double.POSITIVE_INFINITY));
    for (int i = 0; i < 20; i++) {
      rates.add(Math.pow(10, random.nextDouble(-12, -2)));
    }
    for (double breakpoint : table.breakpoints()) {
      rates.addAll(List.of(breakpoint * (1 - 1e-6), breakpoint * (1 + 1e-6)));
    }
    return rates;
  }
}
