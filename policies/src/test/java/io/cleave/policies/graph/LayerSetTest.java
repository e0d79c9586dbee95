package io.cleave.policies.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LayerSetTest {
  @Test
  void isARangeIfNothingIsMissing() {
    assertThat(LayerSet.range(3, 200).isRange()).isTrue();
    assertThat(LayerSet.of(7).isRange()).isTrue();
    assertThat(LayerSet.range(3, 200).minus(LayerSet.of(70)).isRange()).isFalse();
    assertThat(LayerSet.range(3, 200).minus(LayerSet.of(199)).isRange()).isTrue();
    assertThat(LayerSet.of().isRange()).isFalse();
  }
}
