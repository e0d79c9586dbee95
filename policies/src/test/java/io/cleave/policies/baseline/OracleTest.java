package io.cleave.policies.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OracleTest {
  /** A forecast that the rate will hold makes the oracle a planner of least latency. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheOptimumWhenTheRateHolds(long seed) {
    Observation dag = RandomProblems.dag(seed, 12);
    Oracle oracle = new Oracle(plan -> CostModel.estimate(plan, dag).seconds());
    PlanTable.Entry entry = oracle.plan(dag).entries().get(0);
    double best = BruteForce.bestSeconds(dag);
    assertThat(CostModel.estimate(entry.plan(), dag).seconds())
        .as("seed %d", seed)
        .isCloseTo(best, within(1e-9 * best));
  }

  /** Belady's question for one frame: the tunnel that only the forecast sees. */
  @Test
  void staysLocalBeforeAnOutageThatTheObservationDoesNotShow() {
    Observation observed = HandMade.observation(); // 8000 bit/s: remote takes 3 s, local 6.75 s
    Observation soon = HandMade.observation(0);
    Oracle oracle = new Oracle(plan -> CostModel.estimate(plan, soon).seconds());
    assertThat(oracle.plan(observed).entries().get(0).plan().isLocal()).isTrue();
  }

  @Test
  void promisesTheForecastWhateverTheRate() {
    Oracle oracle = new Oracle(plan -> plan.isLocal() ? 5 : 4);
    PlanTable.Entry entry = oracle.plan(HandMade.observation()).entries().get(0);
    assertThat(entry.seconds(new Bandwidth(0))).isEqualTo(4);
  }

  @Test
  void triesEveryCutInOrderForEveryServer() {
    List<Plan> asked = new ArrayList<>();
    Observation observation = HandMade.observation(HandMade.chain(1000, 500, 250, 125), 8000, 2);
    Oracle oracle =
        new Oracle(
            plan -> {
              asked.add(plan);
              return 1;
            });
    Plan first = oracle.plan(observation).entries().get(0).plan();
    assertThat(first.isLocal()).as("ties go to local").isTrue();
    List<Plan> all = new ArrayList<>(List.of(Plan.local(observation.graph())));
    for (int node = 1; node <= 2; node++) {
      for (int cut = 1; cut < 4; cut++) {
        all.add(Plan.split(observation.graph(), LayerSet.range(0, cut), node));
      }
    }
    assertThat(asked).containsExactlyElementsOf(all);
  }

  @Test
  void asksAboutTheSamePlanObjectsFrameAfterFrame() {
    Set<Plan> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    Oracle oracle =
        new Oracle(
            plan -> {
              asked.add(plan);
              return 1;
            });
    Observation fast = HandMade.observation();
    oracle.plan(fast);
    int once = asked.size();
    oracle.plan(RandomProblems.atUplink(fast, new Bandwidth(17)));
    assertThat(asked).hasSize(once);
  }

  @Test
  void newLoadOnAServerBringsNewCandidates() {
    Set<Plan> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    Observation observation = HandMade.observation();
    Oracle oracle =
        new Oracle(
            plan -> {
              asked.add(plan);
              return 1;
            });
    oracle.plan(observation);
    int once = asked.size();
    for (int frame = 0; frame < 1000; frame++) {
      oracle.plan(loaded(observation, 1 + frame % 2)); // load 1 is the observation's own
    }
    assertThat(asked).hasSize(2 * once);
  }

  @Test
  void whatIsNotANumberNeverWins() {
    Observation observation = HandMade.observation();
    assertThat(decided(observation, Double.NaN, 9).isLocal()).isTrue();
    assertThat(decided(observation, Double.NaN, Double.NaN).isLocal()).isTrue();
    assertThat(decided(observation, 3, Double.NaN).stages().get(1).node()).isEqualTo(1);
    assertThat(decided(observation, Double.POSITIVE_INFINITY, Double.NaN).isLocal()).isTrue();
  }

  private static Plan decided(Observation observation, double remote, double local) {
    return new Oracle(plan -> plan.isLocal() ? local : remote)
        .plan(observation)
        .entries()
        .get(0)
        .plan();
  }

  private static Observation loaded(Observation o, double slowdown) {
    ServerState server = o.server(1);
    NodeState node = o.node(1);
    return new Observation(
        o.graph(),
        o.device(),
        o.power(),
        List.of(
            new ServerState(
                new NodeState(node.name(), node.times().scaled(slowdown), node.queueSeconds()),
                server.link())),
        o.demand());
  }
}
