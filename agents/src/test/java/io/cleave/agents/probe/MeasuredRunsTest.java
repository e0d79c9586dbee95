package io.cleave.agents.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.RunReport;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredRunsTest {
  private static final DnnGraph GRAPH = Zoo.TINY_YOLOV2.graph();
  private static final LayerTimes TIMES = DeviceClass.RASPBERRY_PI_3B.profile().times(GRAPH);
  private static final LayerSet RUN = LayerSet.range(1, 5);

  @Test
  void aPieceIsToldAsTheWholeAtItsSpeed() {
    Step tile = Step.piece(RUN, Piece.tile(new Span(0, 50), new Span(20, 90)));
    MeasuredRuns measured = new MeasuredRuns(false);
    measured.add(GRAPH, List.of(tile), List.of(3 * tile.seconds(GRAPH, TIMES)), TIMES);
    RunReport told = measured.drain().get(0);
    assertThat(told.layers()).isEqualTo(RUN);
    assertThat(told.seconds()).isCloseTo(3 * TIMES.run(RUN), within(1e-9));
    assertThat(measured.slowdown()).isCloseTo(3, within(1e-9));
    assertThat(measured.drain()).isEmpty();
  }

  @Test
  void wholeLayersAreToldAsTheyAre() {
    MeasuredRuns measured = new MeasuredRuns(true);
    measured.add(GRAPH, List.of(Step.of(RUN)), List.of(0.25), TIMES);
    assertThat(measured.drain()).containsExactly(new RunReport(GRAPH.name(), RUN, 0.25));
    assertThat(measured.slowdown()).isEqualTo(1);
  }

  @Test
  void whatTakesNoTimeSaysNothing() {
    MeasuredRuns measured = new MeasuredRuns(false);
    measured.add(GRAPH, List.of(Step.of(RUN)), List.of(0.0), TIMES);
    assertThat(measured.measured()).isZero();
  }
}
