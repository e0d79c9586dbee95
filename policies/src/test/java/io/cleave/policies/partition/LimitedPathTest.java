package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

final class LimitedPathTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** All placements, by the cost model alone: the best that keep the limits, or the nearest. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.partition.SwitchingChains#fiveHundred")
  void equalsAllPlacementsAndTheIntegerProgramme(long seed) {
    Observation chain = SwitchingChains.chain(seed, 9);
    List<Expense> placements = SwitchingChains.placements(chain);
    Limits limits = SwitchingChains.limits(seed, placements);
    for (Objective objective : Objective.values()) {
      OptionalDouble best =
          placements.stream()
              .filter(expense -> limits.excess(expense) == 0)
              .mapToDouble(objective::cost)
              .min();
      OptionalDouble programme = programme(chain, objective, limits);
      assertThat(programme.isPresent()).isEqualTo(best.isPresent());
      Route route = new SwitchingPath(objective, limits).route(chain);
      assertSame(SwitchingChains.expense(route.plan(), chain), route.expense());
      assertThat(route.proven()).isTrue();
      if (route instanceof Route.Within within) {
        double cost = objective.cost(within.expense());
        assertThat(limits.excess(within.expense())).isZero();
        assertThat(cost).isCloseTo(best.orElseThrow(), within(1e-9 * cost));
        assertThat(cost).isCloseTo(programme.orElseThrow(), within(1e-6 * (1 + cost)));
      } else if (route instanceof Route.Nearest nearest) {
        double least = placements.stream().mapToDouble(limits::excess).min().orElseThrow();
        assertThat(best).isEmpty();
        assertThat(nearest.excess()).isCloseTo(least, within(1e-9 * (1 + least)));
        assertThat(nearest.broken()).isNotEmpty();
      }
    }
  }

  /** Of the 500: enough that can be kept, cannot be kept, and make the way another. */
  @Test
  void theLimitsOfTheInstancesBind() {
    int nearest = 0;
    int other = 0;
    int often = 0;
    for (long seed = 0; seed < 500; seed++) {
      Observation chain = SwitchingChains.chain(seed, 9);
      Limits limits = SwitchingChains.limits(seed, SwitchingChains.placements(chain));
      Route free = new SwitchingPath(Objective.LATENCY).route(chain);
      Route route = new SwitchingPath(Objective.LATENCY, limits).route(chain);
      nearest += route instanceof Route.Nearest ? 1 : 0;
      other += route.plan().equals(free.plan()) ? 0 : 1;
      often += route.plan().stages().size() > 2 ? 1 : 0;
    }
    assertThat(nearest).isBetween(50, 300);
    assertThat(other).isBetween(100, 400);
    assertThat(often).isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void tellsWhatTheCostModelTellsOnAnyNetworkAndIsNeverWorseThanASingleCut(long seed) {
    Observation dag = RandomProblems.dag(seed, 14);
    for (Objective objective : Objective.values()) {
      Expense free = new SwitchingPath(Objective.LATENCY).route(dag).expense();
      Limits limits = new Limits(1.2 * free.joules() + 1e-3, INFINITE, 1.5 * free.seconds() + 1e-3);
      Aim aim = new Aim(objective, limits);
      Route route = new SwitchingPath(objective, limits).route(dag);
      Found single = SingleCut.best(dag, node -> new InferenceLegs(dag, node), aim);
      assertSame(SwitchingChains.expense(route.plan(), dag), route.expense());
      assertThat(single.standing().betterThan(aim.of(route.expense()))).isFalse();
    }
  }

  /** In turn less battery, then less server, on a real network of 70 and one of 140 layers. */
  @Test
  void spendsLessAsLimitsTighten() {
    for (Zoo zoo : List.of(Zoo.RESNET18, Zoo.GOOGLENET)) {
      Observation seen = RandomProblems.around(5, zoo.graph());
      double before = 0;
      Expense free = new SwitchingPath(Objective.LATENCY).route(seen).expense();
      for (double share = 1; share > 0.4; share -= 0.1) {
        Limits limits = new Limits(share * free.joules() + 1e-9, INFINITE, INFINITE);
        Route route = new SwitchingPath(Objective.LATENCY, limits).route(seen);
        if (route instanceof Route.Within within) {
          assertThat(within.expense().seconds()).isGreaterThanOrEqualTo(before * (1 - 1e-9));
          before = within.expense().seconds();
        }
      }
    }
  }

  @Test
  void saysWhatIsExceededAndByHowMuch() {
    Observation chain = SwitchingChains.chain(1, 9);
    Route route =
        new SwitchingPath(Objective.LATENCY, new Limits(1e-6, INFINITE, INFINITE)).route(chain);
    assertThat(route).isInstanceOf(Route.Nearest.class);
    assertThat(((Route.Nearest) route).broken()).hasSize(1);
    assertThat(((Route.Nearest) route).broken().get(0)).contains("J of 1.000e-06");
  }

  @Test
  void refusesALimitOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(0, INFINITE, INFINITE))
        .withMessageContaining("above 0, not 0.0 J")
        .withMessageContaining("Maybe none was meant");
  }

  private static void assertSame(Expense expected, Expense expense) {
    assertThat(expense.seconds()).isCloseTo(expected.seconds(), within(1e-9 * expected.seconds()));
    assertThat(expense.joules()).isCloseTo(expected.joules(), within(1e-9 * expected.joules()));
    assertThat(expense.serverSeconds())
        .isCloseTo(expected.serverSeconds(), within(1e-9 * expected.serverSeconds()));
  }

  /**
   * As the paper's, from memory: a binary variable for each edge from layer to layer and side to
   * side, conservation of flow in each node, and a row for each limit. Written with the figures of
   * the observation, not with those that the search adds up.
   */
  private static OptionalDouble programme(Observation chain, Objective objective, Limits limits) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    double queue = chain.device().queueSeconds();
    Expense waiting = new Expense(queue, 0, 0);
    Expression joules = row(model, "joules", limits.joules(), 0);
    Expression server = row(model, "server", limits.serverSeconds(), 0);
    Expression seconds = row(model, "seconds", limits.deadlineSeconds(), queue);
    int layers = chain.graph().size();
    List<Expression> conserved = new ArrayList<>(); // [2 * layer + side]; the last is the end
    for (int node = 0; node <= 2 * layers; node++) {
      double gain = node == 0 ? -1 : node == 2 * layers ? 1 : 0;
      conserved.add(model.newExpression("node " + node).level(gain));
    }
    for (int layer = 0; layer < layers; layer++) {
      for (int side = layer == 0 ? 0 : 1; side >= 0; side--) {
        for (int other = 0; other < 2; other++) {
          boolean end = layer == layers - 1;
          if (!(end && other == 1)) {
            Expense expense = edge(chain, layer, side == 1, other == 1);
            int to = end ? 2 * layers : 2 * (layer + 1) + other;
            Variable edge =
                model
                    .newVariable("%d %d %d".formatted(layer, side, other))
                    .binary()
                    .weight(objective.cost(expense));
            conserved.get(2 * layer + side).set(edge, -1);
            conserved.get(to).set(edge, 1);
            spend(joules, edge, expense, Expense::joules, limits.joules());
            spend(server, edge, expense, Expense::serverSeconds, limits.serverSeconds());
            spend(seconds, edge, expense, Expense::seconds, limits.deadlineSeconds());
          }
        }
      }
    }
    Optimisation.Result result = model.minimise();
    return result.getState().isFeasible()
        ? OptionalDouble.of(result.getValue() + objective.cost(waiting))
        : OptionalDouble.empty();
  }

  private static Expression row(
      ExpressionsBasedModel model, String name, double limit, double spent) {
    Expression row = model.newExpression(name);
    return limit == INFINITE ? row : row.upper(1 - spent / limit);
  }

  private static void spend(
      Expression row,
      Variable edge,
      Expense expense,
      ToDoubleFunction<Expense> what,
      double limit) {
    if (limit < INFINITE) {
      row.set(edge, what.applyAsDouble(expense) / limit);
    }
  }

  /** From behind a layer to behind the next one, or to the end. */
  private static Expense edge(Observation chain, int layer, boolean far, boolean toFar) {
    double bits = chain.graph().tensor(layer).size().bits();
    ServerState server = chain.server(1);
    LinkState link = server.link();
    double idle = chain.power().idleWatts();
    double seconds = 0;
    double joules = 0;
    double remote = 0;
    if (far != toFar) {
      double air = bits / (toFar ? link.up() : link.down()).bitsPerSecond();
      seconds += air + link.rttSeconds() / 2;
      joules +=
          idle * seconds
              + (toFar
                  ? chain.power().radio().sendJoules(bits, air)
                  : chain.power().radio().receiveJoules(bits, air));
    }
    if (layer < chain.graph().size() - 1) {
      LayerTimes times = (toFar ? server.node() : chain.device()).times();
      boolean begins = far != toFar || layer == 0;
      double run = times.layer(layer + 1) + (begins ? times.startSeconds() : 0);
      double wait = begins && toFar ? server.node().queueSeconds() : 0;
      seconds += wait + run;
      joules += (toFar ? idle : chain.power().computeWatts()) * (wait + run);
      remote += toFar ? run : 0;
    }
    return new Expense(seconds, joules, remote);
  }
}
