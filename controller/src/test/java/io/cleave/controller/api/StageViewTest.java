package io.cleave.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.controller.control.Sentence;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Sharing.Share;
import io.cleave.policies.plan.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StageViewTest {
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final List<String> SERVERS = List.of("edge-1");

  @Test
  void tellsRoundsAndEightBits() {
    LayerSet rest = GRAPH.all().minus(LayerSet.range(0, 4));
    Plan plan =
        new Plan(
            List.of(
                Stage.eightBits(LayerSet.of(0)),
                inRounds(LayerSet.range(1, 4)),
                new Stage(1, rest)),
            Codec.FP32,
            Hedge.NEVER);

    List<StageView> views = StageView.of(plan, SERVERS);

    assertThat(views).extracting(StageView::rounds).containsExactly(1, 3, 1);
    assertThat(views)
        .extracting(StageView::precision)
        .containsExactly(Precision.INT8, Precision.FLOAT32, Precision.FLOAT32);
    assertThat(Sentence.of(plan, SERVERS, GRAPH)).contains("device+edge-1 in 3 rounds to ");
  }

  @Test
  void saysOfAPlanWithoutServersThatItIsInEightBits() {
    Plan local = Plan.local(GRAPH);
    Plan eightBits = local.with(List.of(Stage.eightBits(GRAPH.all())));
    assertThat(Sentence.of(local, SERVERS, GRAPH)).isEqualTo("all on the device");
    assertThat(Sentence.of(eightBits, SERVERS, GRAPH)).isEqualTo("all on the device in eight bits");
  }

  /** Layer after layer, halves of rows by turns: two rounds before the last. */
  private static Stage inRounds(LayerSet layers) {
    int first = layers.next(0);
    int second = layers.next(first + 1);
    List<Round> before =
        List.of(
            new Round(LayerSet.of(first), List.of(rows(0, 4), rows(4, 8))),
            new Round(LayerSet.of(second), List.of(rows(0, 4), rows(4, 8))));
    List<Share> last = List.of(new Share(Stage.DEVICE, rows(0, 4)), new Share(1, rows(4, 8)));
    return Stage.shared(layers, Sharing.inRounds(last, before));
  }

  private static Piece rows(long from, long to) {
    return Piece.of(Strip.ROWS, new Span(from, to));
  }
}
