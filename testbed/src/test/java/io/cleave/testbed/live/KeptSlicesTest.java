package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptSlicesTest {
  @ParameterizedTest
  @CsvSource({"24000,6,900", "65536,2,400", "8192,3,400", "16384,20,400"})
  void allAgentsTogetherFitWithTwiceTheirSlicesFiles(long memory, int agents, int heap) {
    long kept = KeptSlices.megabytes(memory, agents, heap);
    assertThat(agents * (heap + 2 * kept)).isLessThan(memory);
    assertThat(kept).isBetween(64L, 2048L);
  }

  @Test
  void keepsSomeOnAMachineThatIsTooSmallForAll() {
    assertThat(KeptSlices.megabytes(4096, 8, 900)).isEqualTo(64);
  }

  @Test
  void knowsThisMachine() {
    assertThat(KeptSlices.megabytes(1, 0)).isGreaterThan(64);
  }
}
