package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.units.Bandwidth;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeepQTest {
  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void actionsGoFromAllLocalOverShallowCutsToDeepOnes(long seed) {
    Observation seen = Practice.observation(seed);
    FixedActions actions = new FixedActions();
    actions.see(seen);
    double[] secondsPerBit =
        seen.servers().stream().mapToDouble(s -> s.link().up().secondsPerBit()).toArray();
    Moment moment = actions.moment(secondsPerBit);
    assertThat(moment.ways()).isEqualTo(FixedActions.COUNT);
    assertThat(actions.entry(0).plan()).isEqualTo(Plan.local(seen.graph()));
    double fastest = java.util.Arrays.stream(secondsPerBit).min().orElseThrow();
    double before = -1;
    for (int way = 1; way < FixedActions.COUNT; way++) {
      Plan plan = actions.entry(way).plan();
      assertThat(secondsPerBit[actions.node(way) - 1]).isEqualTo(fastest);
      double near = seen.device().times().run(plan.near());
      assertThat(near).isGreaterThanOrEqualTo(before);
      before = near;
      double seconds = CostModel.estimate(plan, seen).seconds();
      if (seconds < Double.POSITIVE_INFINITY) {
        assertThat(moment.expected()[way] * actions.aloneSeconds())
            .isCloseTo(seconds, within(1e-9 * seconds));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void takesTheActionOfMostValue(long seed) {
    Observation random = Practice.observation(seed);
    Observation seen = RandomProblems.atUplink(random, new Bandwidth(1e7));
    FixedActions actions = new FixedActions();
    actions.see(seen);
    double[] expected = actions.moment(new double[] {1e-7}).expected();
    for (int action = 0; action < FixedActions.COUNT; action++) {
      float[] bias = new float[FixedActions.COUNT];
      bias[action] = 1;
      float[] kernel = new float[FixedActions.STATE * FixedActions.COUNT];
      Perceptron fond =
          new Perceptron(
              List.of(new Perceptron.Dense(FixedActions.STATE, FixedActions.COUNT, kernel, bias)));
      PlanTable table = new DeepQ(new QNetwork(fond, Map.of())).plan(seen);
      boolean answers = expected[action] < Double.POSITIVE_INFINITY;
      assertThat(table.entries()).hasSize(1);
      assertThat(table.entries().get(0).plan().isLocal()).isEqualTo(action == 0 || !answers);
    }
  }

  @Test
  void aFileGivesBackWhatWasWritten() {
    Perceptron values = Practice.perceptron(3, FixedActions.STATE, 8, FixedActions.COUNT);
    QNetwork network = new QNetwork(values, Map.of("recipe", "none"));
    QNetwork read = QNetwork.of(WeightsFile.read("test", network.bytes()));
    assertThat(read.bytes()).isEqualTo(network.bytes());
    assertThat(read.notes()).isEqualTo(network.notes());
    assertThat(QNetwork.shipped().notes()).containsKey("recipe");
    byte[] other = new QNetwork(Practice.perceptron(3, 4, 2), Map.of()).bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QNetwork.of(WeightsFile.read("old.onnx", other)))
        .withMessageContaining("old.onnx goes from 4 values to 2 actions")
        .withMessageContaining("./cleave train dqn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QNetwork.read(Path.of("no-such-file.onnx")))
        .withMessageContaining("no-such-file.onnx cannot be read");
  }

  /** Where the best action depends on the state, it finds out, and always the same. */
  @Test
  void learnsWhatEachActionIsWorth() {
    DeepQRecipe recipe =
        new DeepQRecipe(1, 4_000, 2_000, 32, 2, 100, 3e-3, 0.5, 0.5, 0.1, -10, List.of(16));
    QNetwork network = train(recipe);
    for (int wanted = 0; wanted < FixedActions.COUNT; wanted++) {
      assertThat(network.best(Weathercock.moment(wanted))).isEqualTo(wanted);
    }
    assertThat(train(recipe).bytes()).isEqualTo(network.bytes());
  }

  private static QNetwork train(DeepQRecipe recipe) {
    try (DeepQTraining training =
        new DeepQTraining(
            recipe, new Weathercock(), (done, reward) -> assertThat(done).isBetween(0.0, 1.0))) {
      return training.run();
    }
  }

  @Test
  void refusesARecipeThatLearnsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeepQRecipe(1, 0, 8, 8, 1, 1, 1, 1, 1, 1, -1, List.of()))
        .withMessageContaining("at least 1 step");
  }
}
