package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.7, 3})
  void theNextFrameWaitsForWhatIsLeftOfAQueue(double queue) {
    Demand demand = new Demand(2, 1, 0);
    SplittableRandom random = new SplittableRandom(1);
    double mean =
        random
            .doubles(100_000, 0, 0.5)
            .map(after -> Math.max(0, queue - after))
            .average()
            .orElse(0);
    assertThat(demand.waitBehind(queue)).isCloseTo(mean, within(2e-3));
  }
}
