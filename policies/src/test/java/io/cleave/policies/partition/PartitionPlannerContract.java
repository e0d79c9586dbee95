package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.Seeds;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every planner of this family promises. A planner's test extends this and says what it can:
 * whether it minimises predicted latency, and on which networks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("batchesIfOptimalOnChains")
  void equalsBruteForceOnChains(long batch) {
    Planner planner = planner();
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      equalsBruteForce(planner, RandomProblems.chain(seed, LAYERS), seed);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("batchesIfOptimalOnDags")
  void equalsBruteForceOnDags(long batch) {
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

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("hundredIfNeverWorseThanLocal")
  void isNeverWorseThanLocal(long seed) {
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

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("hundredIfOptimalOnChains")
  void gainsFromBandwidth(long seed) {
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
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("hundredIfOptimalOnChains")
  void scalesWithTime(long seed) {
    Observation observation =
        optimalOnDags() ? RandomProblems.dag(seed, LAYERS) : RandomProblems.chain(seed, LAYERS);
    double seconds = decidedSeconds(planner(), observation);
    assertThat(decidedSeconds(planner(), slower(observation, 2)))
        .isCloseTo(2 * seconds, within(1e-9 * seconds));
  }

  /**
   * DADS on tiny YOLOv2: input 0.95 MB, output of max5 0.08 MB. At 18.88 Mbit/s the input crosses
   * and all takes 0.59 s; at 4 Mbit/s the cut lies behind max5, 62 % sooner than with the input.
   *
   * <p>Sending the input takes 0.95 * 8 / 18.88 = 0.4025 s, so the server needs 0.1875 s. At 4
   * Mbit/s the input would take 1.9 + 0.1875 = 2.0875 s; 38 % of that is 0.793 s, less 0.16 s for
   * 0.08 MB: 0.633 s for the layers up to max5 on the device and the rest, say 0.033 s, remote.
   */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("tinyYoloIfOptimalOnChains")
  void movesTheCutOfTinyYoloAsPublished(double mbps, int layersOnDevice, double seconds) {
    DnnGraph graph = HandWorked.chain(950_000, 80_000, 100);
    double[] device = {0, 0.6, 5};
    double[] server = {0, 0.1545, 0.033};
    Observation observation = HandWorked.problem(graph, device, server, mbps);
    assertThat(decide(planner(), observation).plan().near().size()).isEqualTo(layersOnDevice);
    assertThat(decidedSeconds(planner(), observation)).isCloseTo(seconds, within(0.001));
  }

  Stream<Arguments> tinyYoloIfOptimalOnChains() {
    return optimalOnChains()
        ? Stream.of(Arguments.of(18.88, 1, 0.59), Arguments.of(4, 2, 0.793))
        : Stream.empty();
  }

  LongStream batchesIfOptimalOnChains() {
    return optimalOnChains() ? Seeds.batches() : LongStream.empty();
  }

  LongStream batchesIfOptimalOnDags() {
    return optimalOnDags() ? Seeds.batches() : LongStream.empty();
  }

  LongStream hundredIfOptimalOnChains() {
    return optimalOnChains() ? Seeds.hundred() : LongStream.empty();
  }

  LongStream hundredIfNeverWorseThanLocal() {
    return neverWorseThanLocal() ? Seeds.hundred() : LongStream.empty();
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
