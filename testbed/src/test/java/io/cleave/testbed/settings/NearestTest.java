package io.cleave.testbed.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void countsInsertionsDeletionsAndReplacements() {
    // sitting: kitten with k->s, e->i and a g at the end.
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
  }

  @Test
  void takesTheFirstOfEquallyNearNames() {
    assertThat(Nearest.to("c", List.of("aa", "a", "b"))).isEqualTo("a");
  }
}
