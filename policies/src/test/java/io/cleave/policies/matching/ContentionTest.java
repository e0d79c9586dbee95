package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ContentionTest {
  @Test
  void isTheQueueOfPollaczekAndKhinchine() {
    // M/M/1 at a load of 0.5: in all 1 / (1 - 0.5) = 2 works, so 0.5 of work cost 1.
    assertThat(Contention.cost(0.5, 1)).isCloseTo(1, offset(1e-12));
    // M/D/1 at a load of 0.8: waits 0.8 / (2 * 0.2) = 2 works, so 3 in all.
    assertThat(Contention.cost(0.8, 0.5)).isCloseTo(0.8 * 3, offset(1e-12));
  }

  @Test
  void isConvexAlsoBeyondTheSteepPart() {
    double h = 1e-3;
    for (double load = h; load < 3; load += 0.01) {
      for (double variability : new double[] {0.5, 1, 2}) {
        double bend =
            Contention.cost(load - h, variability)
                - 2 * Contention.cost(load, variability)
                + Contention.cost(load + h, variability);
        assertThat(bend).isGreaterThan(0);
        assertThat(bend / h / h)
            .isGreaterThan(Contention.curve(load - h, variability) * (1 - 1e-6));
        double slope =
            (Contention.cost(load + h, variability) - Contention.cost(load, variability)) / h;
        assertThat(slope).isGreaterThan(Contention.price(load, variability));
        assertThat(slope).isLessThan(Contention.price(load + h, variability));
      }
    }
  }
}
