package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingTest {
  private static final Sharing HALVES =
      new Sharing(
          2, List.of(new Sharing.Share(0, new Span(0, 4)), new Sharing.Share(3, new Span(4, 9))));

  private static Plan plan() {
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(LayerSet.of(1, 2), HALVES),
            new Stage(Stage.DEVICE, LayerSet.of(3))),
        Codec.FP32,
        Hedge.NEVER);
  }

  @Test
  void aPlanWithASharedStageIsNotLocalAndHasALegForIt() {
    assertThat(plan().isLocal()).isFalse();
    assertThat(plan().near()).isEqualTo(LayerSet.of(0));
    assertThat(plan().legs()).hasSize(3);
    assertThat(plan().stages().get(1).nodes()).containsExactly(0, 3);
  }

  @Test
  void renumberingKeepsPiecesAndTheDevice() {
    Stage stage = plan().stages().get(1).renumbered(new int[] {0, 9, 9, 1});
    assertThat(stage.node()).isEqualTo(Stage.DEVICE);
    assertThat(stage.sharing().orElseThrow().shares())
        .containsExactly(
            new Sharing.Share(0, new Span(0, 4)), new Sharing.Share(1, new Span(4, 9)));
    assertThat(new Stage(2, LayerSet.of(1)).renumbered(new int[] {0, 9, 5}))
        .isEqualTo(new Stage(5, LayerSet.of(1)));
  }

  @Test
  void piecesFollowOneAnotherOneAMachine() {
    Sharing.Share first = new Sharing.Share(1, new Span(0, 3));
    assertThat(new Sharing(2, List.of(first)).length()).isEqualTo(3);
    for (Sharing.Share next :
        List.of(
            new Sharing.Share(2, new Span(4, 5)),
            new Sharing.Share(2, new Span(2, 5)),
            new Sharing.Share(1, new Span(3, 5)))) {
      assertThatThrownBy(() -> new Sharing(2, List.of(first, next)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("follow one another");
    }
    assertThatThrownBy(() -> new Sharing(2, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sharing(0, List.of(first)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheDeviceHandsOutAndNeverTheInput() {
    assertThatThrownBy(() -> Stage.shared(LayerSet.of(0, 1), HALVES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handed out by the device");
    assertThatThrownBy(() -> new Stage(1, LayerSet.of(1), java.util.Optional.of(HALVES)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
