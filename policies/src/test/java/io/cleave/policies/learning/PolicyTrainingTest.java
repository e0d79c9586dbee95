package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyTrainingTest {
  private final List<PolicyTraining.Round> rounds = new ArrayList<>();

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
  }

  /** Against what can be worked out by hand: the policy is the cost model's, which is tempted. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsOutWhatEachWayWouldHaveCost(long seed) {
    Perceptron nothing =
        new Perceptron(
            List.of(new Perceptron.Dense(Moment.WIDTH, 1, new float[Moment.WIDTH], new float[1])));
    Greedy policy = new Greedy(nothing);
    Optional<Lesson> none = new Counterfactual(new Temptation(), policy, 0).lesson(seed, fresh());
    Optional<Lesson> one = new Counterfactual(new Temptation(), policy, 1).lesson(seed, fresh());
    assertThat(none).isPresent().get().extracting(Lesson::moment).isNotNull();
    double[] at = none.orElseThrow().cost();
    assertThat(at[1]).isZero(); // its own way
    assertThat(at[0] - at[2]).isPositive();
    double[] later = one.orElseThrow().cost();
    assertThat(later[1]).isZero();
    boolean last = later[2] > 0; // nothing follows that could be worse
    assertThat(last ? later[2] : -later[2]).isPositive();
    if (!last) {
      assertThat(at[2] - later[2]).isPositive();
    }
  }

  private static SplittableRandom fresh() {
    return new SplittableRandom(7);
  }

  @Test
  void learnsToResistAndGivesTheSameWhoeverRunsTheWorlds() {
    TrainedPolicy policy = train(1, Crew.ALONE);
    double tempted = rounds.get(0).validation().ratio();
    assertThat(tempted).isLessThan(0.8);
    Greedy greedy = new Greedy(policy.scorer());
    Moment moment = choice();
    assertThat(Greedy.best(moment.expected())).isEqualTo(1);
    assertThat(greedy.best(moment)).isEqualTo(2);
    assertThat(train(1, PolicyTrainingTest::backwards).bytes()).isEqualTo(policy.bytes());
    assertThat(train(2, Crew.ALONE).bytes()).isNotEqualTo(policy.bytes());
  }

  /** It is judged by the same yardstick, and nobody mistakes it for corrections. */
  @Test
  void learnsFromScratchToBeComparedWith() {
    TrainedPolicy policy = train(recipe(1).fromScratch(), Crew.ALONE);
    assertThat(rounds.get(2).validation().ratio()).isLessThan(0.8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearnedTable(policy, Practice.joint()))
        .withMessageContaining("learned from scratch");
  }

  private static Moment choice() {
    Temptation world = new Temptation();
    long seed = 0;
    Moment moment = world.reset(seed);
    while (moment.ways() == 1) {
      seed++;
      moment = world.reset(seed);
    }
    return moment;
  }

  private TrainedPolicy train(long seed, Crew crew) {
    return train(recipe(seed), crew);
  }

  private static PolicyRecipe recipe(long seed) {
    return new PolicyRecipe(seed, 3, 120, 60, 32, 1e-2, 0.1, 0.01, 3, List.of(8), 20, true);
  }

  private TrainedPolicy train(PolicyRecipe recipe, Crew crew) {
    try (PolicyTraining training =
        new PolicyTraining(
            recipe, Optional.empty(), Temptation::new, Temptation::new, crew, listening())) {
      return training.run();
    }
  }

  private static void backwards(List<Runnable> tasks) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      tasks.get(i).run();
    }
  }

  private PolicyTraining.Progress listening() {
    return new PolicyTraining.Progress(done -> assertThat(done).isBetween(0.0, 1.0), rounds::add);
  }

  @Test
  void refusesARecipeThatLearnsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PolicyRecipe(1, 0, 1, 1, 1, 1, 1, 0, 1, List.of(), 2, true))
        .withMessageContaining("at least 1 round");
  }
}
