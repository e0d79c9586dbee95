package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.baseline.LocalOnly;
import io.cleave.policies.learning.Environment;
import io.cleave.policies.learning.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorldEnvironmentTest {
  private static final double ALONE = 0.6; // seconds

  private static Scenario scenario(Arrivals arrivals, double framesPerSecond, long seed) {
    return Worlds.scenario(
        Worlds.workload(arrivals, framesPerSecond, 60),
        0,
        LoadSeries.IDLE,
        Worlds.randomTrace(seed));
  }

  /** Frames that come at random wait for each other. */
  @ParameterizedTest
  @EnumSource
  void theSumOfRewardsIsMinusWhatAllFramesTook(Arrivals arrivals) {
    int compared = 0;
    for (long seed = 0; seed < 60; seed++) {
      double framesPerSecond = arrivals == Arrivals.POISSON ? 0.8 : 0.3;
      Scenario scenario = scenario(arrivals, framesPerSecond, seed);
      List<FrameRecord> frames = Worlds.frames(scenario, new LocalOnly(), seed);
      double first = frames.get(0).arrivalSeconds();
      if (first > 2.3) { // so that all frames come after the first decision
        double seconds = frames.stream().mapToDouble(FrameRecord::latencySeconds).sum();
        WorldEnvironment world = new WorldEnvironment(any -> scenario);
        world.reset(seed);
        double rewards = 0;
        boolean last = false;
        while (!last) {
          Environment.Step step = world.step(0);
          rewards += step.reward();
          last = step.last();
          assertThat(step.terminated()).isFalse();
        }
        assertThat(-rewards * ALONE).isCloseTo(seconds, within(1e-6));
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void equalSeedsAndActionsGiveEqualSteps() {
    WorldEnvironment one = new WorldEnvironment(seed -> scenario(Arrivals.POISSON, 1, seed));
    WorldEnvironment two = new WorldEnvironment(seed -> scenario(Arrivals.POISSON, 1, seed));
    two.reset(77);
    two.step(0); // what was before leaves no trace
    Moment moment = one.reset(5);
    assertThat(two.reset(5)).usingRecursiveComparison().isEqualTo(moment);
    boolean last = false;
    for (int i = 0; !last; i++) {
      int way = i % moment.ways();
      Environment.Step step = one.step(way);
      assertThat(two.step(way)).usingRecursiveComparison().isEqualTo(step);
      moment = step.moment();
      last = step.last();
    }
  }

  @Test
  void refusesWhatCannotBeDone() {
    WorldEnvironment world = new WorldEnvironment(seed -> scenario(Arrivals.PERIODIC, 0.2, seed));
    assertThatIllegalStateException()
        .isThrownBy(() -> world.step(0))
        .withMessageContaining("Reset it");
    int ways = world.reset(1).ways();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.step(ways))
        .withMessageContaining("in %d ways; there is no number %d".formatted(ways, ways));
    boolean over = false;
    while (!over) {
      over = world.step(0).truncated();
    }
    assertThatIllegalStateException().isThrownBy(() -> world.step(0));
  }
}
