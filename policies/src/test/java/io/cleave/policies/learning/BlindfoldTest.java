package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BlindfoldTest {
  private static final long SEED = 1; // of a world that begins with a choice

  private final Blindfold blindfold = new Blindfold(List.of("SWING", "FRESH"));

  @Test
  void showsNothingOfWhatIsToBeDoneWithout() {
    Temptation world = new Temptation();
    Environment blind = blindfold.over(new Temptation());
    Moment seen = world.reset(SEED);
    Moment unseen = blind.reset(SEED);
    assertThat(seen.features()).contains(1f); // what tempts, by FRESH
    assertThat(unseen.features()).containsOnly(0f);
    assertThat(unseen.expected()).isEqualTo(seen.expected());
    Environment.Step step = world.step(0);
    assertThat(blind.step(0).reward()).isEqualTo(step.reward());
  }

  @Test
  void whatWasLearnedIgnoresThem() {
    Perceptron network = Practice.perceptron(1, Moment.WIDTH, 8, 1);
    TrainedPolicy policy = blindfold.over(new TrainedPolicy(network, Map.of()));
    float[] values = Practice.values(Moment.WIDTH, new SplittableRandom(1));
    float[] other = values.clone();
    other[Features.schema().indexOf("SWING")] += 1;
    other[Features.schema().indexOf("FRESH")] -= 1;
    assertThat(answer(policy.scorer(), other)).isEqualTo(answer(policy.scorer(), values));
    assertThat(answer(network, other)).isNotEqualTo(answer(network, values));
    other[Features.schema().indexOf("RATE")] += 1;
    assertThat(answer(policy.scorer(), other)).isNotEqualTo(answer(policy.scorer(), values));
  }

  private static float answer(Perceptron network, float[] values) {
    return network.answer(network.layers().get(0).bias(), values);
  }

  @Test
  void namesTheNearestFeature() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blindfold(List.of("SWIN")))
        .withMessageContaining("no feature SWIN")
        .withMessageContaining("Maybe SWING was meant");
  }
}
