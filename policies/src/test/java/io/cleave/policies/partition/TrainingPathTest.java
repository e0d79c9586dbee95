package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TrainingPathTest {
  /**
   * The mirrored network of twice the layers, priced by the cost model like any other, in all
   * placements in which each layer comes back to where it ran.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void equalsAllPlacementsOfTheMirroredNetwork(long seed) {
    Observation chain = SwitchingChains.chain(seed, 8);
    int layers = chain.graph().size();
    List<Expense> placements =
        IntStream.range(0, 1 << (layers - 1))
            .mapToObj(far -> mirroredExpense(chain, SwitchingChains.sides(far, layers)))
            .toList();
    for (Limits limits : List.of(Limits.NONE, SwitchingChains.limits(seed, placements))) {
      for (Objective objective : Objective.values()) {
        Route route = new TrainingPath(objective, limits).route(chain);
        Expense expense = mirroredExpense(chain, sides(route.plan(), layers));
        assertThat(route.proven()).isTrue();
        assertThat(route.expense().seconds()).isCloseTo(expense.seconds(), within(1e-9));
        assertThat(route.expense().joules()).isCloseTo(expense.joules(), within(1e-9));
        assertThat(route.expense().serverSeconds())
            .isCloseTo(expense.serverSeconds(), within(1e-9));
        OptionalDouble best =
            placements.stream()
                .filter(placed -> limits.excess(placed) == 0)
                .mapToDouble(objective::cost)
                .min();
        assertThat(route instanceof Route.Within).isEqualTo(best.isPresent());
        if (route instanceof Route.Nearest nearest) {
          double least = placements.stream().mapToDouble(limits::excess).min().orElseThrow();
          assertThat(nearest.excess()).isCloseTo(least, within(1e-9 * (1 + least)));
        } else {
          assertThat(objective.cost(route.expense())).isCloseTo(best.orElseThrow(), within(1e-9));
        }
      }
    }
  }

  /**
   * Three convolutions of 1, 2 and 3 s, the first of which nobody needs slopes behind: 6 forward, 1
   * + 4 + 6 back, and 0.5 to start.
   */
  @Test
  void aStepTakesThreeTimesTheForwardWorkButForTheFirstLayer() {
    Observation chain = SwitchingChains.chain(0, 3);
    DnnGraph graph =
        SwitchingChains.graph(new long[] {9, 9, 9, 9}, new boolean[] {false, true, true, true});
    NodeState device = new NodeState("device", LayerTimes.of(new double[] {0, 1, 2, 3}, 0.5), 0.25);
    NodeState server = new NodeState("server", LayerTimes.of(new double[4], 0), 0);
    Observation seen =
        new Observation(
            graph,
            device,
            chain.power(),
            List.of(new ServerState(server, chain.server(1).link())),
            chain.demand());
    assertThat(TrainingPath.local(seen).seconds()).isCloseTo(17.75, within(1e-12));
  }

  @Test
  void neverTakesLongerThanASingleCutOnRealNetworks() {
    for (Zoo zoo : List.of(Zoo.ALEXNET, Zoo.RESNET18, Zoo.GOOGLENET)) {
      Observation seen = RandomProblems.around(3, zoo.graph());
      for (Objective objective : Objective.values()) {
        TrainingPath path = new TrainingPath(objective, Limits.NONE);
        double single = objective.cost(path.singleCut(seen).expense());
        assertThat(objective.cost(path.route(seen).expense())).isLessThanOrEqualTo(single);
        assertThat(single).isLessThanOrEqualTo(objective.cost(TrainingPath.local(seen)));
        assertThat(single)
            .isLessThanOrEqualTo(objective.cost(TrainingPath.split(seen, 1, 1)) * (1 + 1e-12));
      }
    }
  }

  private static boolean[] sides(Plan plan, int layers) {
    boolean[] sides = new boolean[layers];
    for (Stage stage : plan.stages()) {
      stage.layers().stream().forEach(layer -> sides[layer] = stage.node() != Stage.DEVICE);
    }
    return sides;
  }

  /** Forward layers, then from the last to the first that has parameters. */
  private static Expense mirroredExpense(Observation chain, boolean[] sides) {
    int layers = chain.graph().size();
    int first = 1;
    while (chain.graph().layer(first).work().parameters() == 0) {
      first++;
    }
    int all = 2 * layers - first;
    double[] device = new double[all];
    double[] server = new double[all];
    long[] bytes = new long[all];
    boolean[] placed = new boolean[all];
    for (int i = 0; i < all; i++) {
      int layer = i < layers ? i : 2 * layers - 1 - i;
      int multiple =
          i < layers
              ? 1
              : (chain.graph().layer(layer).work().parameters() > 0 ? 1 : 0)
                  + (layer > first ? 1 : 0);
      device[i] = multiple * chain.device().times().layer(layer);
      server[i] = multiple * chain.server(1).node().times().layer(layer);
      bytes[i] =
          i < layers
              ? (long) (chain.graph().tensor(layer).size().bits() / 8)
              : layer == first ? 1 : (long) (chain.graph().tensor(layer - 1).size().bits() / 8);
      placed[i] = sides[layer];
    }
    boolean[] learned = new boolean[all];
    ServerState there = chain.server(1);
    Observation mirrored =
        new Observation(
            SwitchingChains.graph(bytes, learned),
            timed(chain.device(), device),
            chain.power(),
            List.of(new ServerState(timed(there.node(), server), there.link())),
            chain.demand());
    Expense expense = SwitchingChains.expense(SwitchingChains.plan(placed), mirrored);
    return placed[all - 1] ? withoutNotice(expense, chain) : expense;
  }

  private static NodeState timed(NodeState node, double[] seconds) {
    return new NodeState(
        node.name(),
        LayerTimes.of(Arrays.copyOf(seconds, seconds.length), node.times().startSeconds()),
        node.queueSeconds());
  }

  /** The cost model brings the last byte home, for which no training step waits. */
  private static Expense withoutNotice(Expense expense, Observation chain) {
    LinkState link = chain.server(1).link();
    double air = 8 / link.down().bitsPerSecond();
    double seconds = air + link.rttSeconds() / 2;
    double joules =
        chain.power().idleWatts() * seconds + chain.power().radio().receiveJoules(8, air);
    return new Expense(
        expense.seconds() - seconds, expense.joules() - joules, expense.serverSeconds());
  }
}
