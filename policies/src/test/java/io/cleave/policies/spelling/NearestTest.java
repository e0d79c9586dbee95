package io.cleave.policies.spelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void countsTypingErrorsAndIgnoresCase() {
    assertThat(Nearest.of("HEGDE", List.of("table", "hedge"))).isEqualTo("hedge");
    assertThat(Nearest.of("dad", List.of("qdmp", "dads"))).isEqualTo("dads");
  }

  @Test
  void firstOfEqualOnesWins() {
    assertThat(Nearest.of("x", List.of("a", "b"))).isEqualTo("a");
  }

  @Test
  void refusesToCompareWithNothing() {
    assertThatThrownBy(() -> Nearest.of("x", List.of())).hasMessageContaining("no known name");
  }
}
