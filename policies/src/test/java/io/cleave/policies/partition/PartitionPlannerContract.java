package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.Seeds;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every planner of this family promises. A planner's test extends this and says what it can:
 * whether it minimises predicted latency, and on which networks.
 */
abstract class PartitionPlannerContract {
  private static final int LAYERS = 14;

  abstract Planner planner();

  /** True if the planner's plan has the least predicted latency of all single cuts on chains. */
  boolean optimalOnChains() {
    return true;
  }

  /** The same on any network. */
  boolean optimalOnDags() {
    return true;
  }

  /** False if the planner aims at something else than latency and may be later than local. */
  boolean neverWorseThanLocal() {
    return true;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#batches")
  void equalsBruteForceOnChains(long batch) {
    Assumptions.assumeTrue(optimalOnChains(), "not optimal on chains, and does not claim to be");
    Planner planner = planner();
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      equalsBruteForce(planner, RandomProblems.chain(seed, LAYERS), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#batches")
  void equalsBruteForceOnDags(long batch) {
    Assumptions.assumeTrue(optimalOnDags(), "not optimal on any network, and does not claim to be");
    Planner planner = planner();
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      equalsBruteForce(planner, RandomProblems.dag(seed, LAYERS), seed);
    }
  }

  /** The plan as it will be executed: CostModel and Itinerary refuse what cannot run. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void placesEveryLayerOnceAndPricesThePlanAsTheCostModelDoes(long seed) {
    for (Observation observation : chainAndDag(seed)) {
      PlanTable.Entry entry = decide(planner(), observation);
      LayerSet placed = LayerSet.of();
      for (Stage stage : entry.plan().stages()) {
        assertThat(placed.intersects(stage.layers())).isFalse();
        placed = placed.union(stage.layers());
      }
      assertThat(placed).isEqualTo(observation.graph().all());
      double seconds = CostModel.estimate(entry.plan(), observation).seconds();
      assertThat(entry.seconds(uplink(entry.plan(), observation)))
          .isCloseTo(seconds, within(1e-9 * seconds));
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isNeverWorseThanLocal(long seed) {
    Assumptions.assumeTrue(neverWorseThanLocal(), "aims at something else than latency");
    for (Observation observation : chainAndDag(seed)) {
      Plan local = Plan.local(observation.graph());
      assertThat(decidedSeconds(planner(), observation))
          .isLessThanOrEqualTo(CostModel.estimate(local, observation).seconds() * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void staysLocalWithoutAnyLink(long seed) {
    for (Observation observation : chainAndDag(seed)) {
      Observation cutOff = RandomProblems.atUplink(observation, new Bandwidth(0));
      assertThat(decide(planner(), cutOff).plan().isLocal()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void gainsFromBandwidth(long seed) {
    Assumptions.assumeTrue(optimalOnChains(), "a heuristic need not be monotone");
    Observation observation =
        optimalOnDags() ? RandomProblems.dag(seed, 40) : RandomProblems.chain(seed, 40);
    Planner planner = planner();
    double last = Double.POSITIVE_INFINITY;
    for (double decade = 2; decade <= 11; decade += 0.25) {
      Bandwidth up = new Bandwidth(Math.pow(10, decade));
      double seconds = decidedSeconds(planner, RandomProblems.atUplink(observation, up));
      assertThat(seconds).as("at %s", up).isLessThanOrEqualTo(last * (1 + 1e-12));
      last = seconds;
    }
  }

  /** Everything twice as slow, links included: the same decision, twice the time. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void scalesWithTime(long seed) {
    Assumptions.assumeTrue(optimalOnChains(), "a heuristic's grid need not scale");
    Observation observation =
        optimalOnDags() ? RandomProblems.dag(seed, LAYERS) : RandomProblems.chain(seed, LAYERS);
    double seconds = decidedSeconds(planner(), observation);
    assertThat(decidedSeconds(planner(), slower(observation, 2)))
        .isCloseTo(2 * seconds, within(1e-9 * seconds));
  }

  private static void equalsBruteForce(Planner planner, Observation observation, long seed) {
    double best = BruteForce.bestSeconds(observation);
    assertThat(decidedSeconds(planner, observation))
        .as("seed %d", seed)
        .isCloseTo(best, within(1e-9 * best));
  }

  private static List<Observation> chainAndDag(long seed) {
    return List.of(RandomProblems.chain(seed, LAYERS), RandomProblems.dag(seed, LAYERS));
  }

  static double decidedSeconds(Planner planner, Observation observation) {
    return CostModel.estimate(decide(planner, observation).plan(), observation).seconds();
  }

  /** The entry in force at the observed rate; a table's rate is that of its own server. */
  static PlanTable.Entry decide(Planner planner, Observation observation) {
    PlanTable table = planner.plan(observation);
    Bandwidth up =
        table.entries().stream()
            .filter(entry -> !entry.plan().isLocal())
            .map(entry -> uplink(entry.plan(), observation))
            .findFirst()
            .orElse(new Bandwidth(1));
    return table.at(up);
  }

  private static Bandwidth uplink(Plan plan, Observation observation) {
    return plan.stages().stream()
        .filter(stage -> stage.node() != Stage.DEVICE)
        .map(stage -> observation.server(stage.node()).link().up())
        .findFirst()
        .orElse(new Bandwidth(1));
  }

  private static Observation slower(Observation o, double factor) {
    return new Observation(
        o.graph(),
        slower(o.device(), factor),
        o.power(),
        o.servers().stream().map(server -> slower(server, factor)).toList(),
        o.demand());
  }

  private static ServerState slower(ServerState server, double factor) {
    LinkState link = server.link();
    return new ServerState(
        slower(server.node(), factor),
        new LinkState(
            new Bandwidth(link.up().bitsPerSecond() / factor),
            new Bandwidth(link.down().bitsPerSecond() / factor),
            link.rttSeconds() * factor,
            link.upError()));
  }

  private static NodeState slower(NodeState node, double factor) {
    return new NodeState(node.name(), node.times().scaled(factor), node.queueSeconds() * factor);
  }
}
