package io.cleave.agents.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Step;
import io.cleave.agents.dnn.TensorParts;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PieceTensorsTest {
  private static final int SAMPLES = 3;
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final Step STEP =
      Step.piece(LayerSet.of(1), Piece.of(2, new Span(0, 2)).as(Piece.Kind.APART));

  /** A batch of three images at hand. */
  private static PieceTensors tensors() {
    List<Long> shape = new ArrayList<>(GRAPH.tensor(0).shape().dims());
    shape.set(0, (long) SAMPLES);
    String input = GRAPH.tensor(0).name();
    return new PieceTensors(GRAPH, Map.of(input, TensorParts.zeros(input, shape)));
  }

  @Test
  void zerosHaveThePiecesSizesForEachSample() {
    TensorValue zeros = tensors().zeros(STEP);
    assertThat(zeros.name()).isEqualTo(GRAPH.tensor(1).name());
    assertThat(zeros.shape().get(0)).isEqualTo(SAMPLES);
    assertThat(zeros.shape().get(2)).isEqualTo(2);
    assertThat(zeros.shape().get(3)).isEqualTo(GRAPH.tensor(1).shape().dim(3));
    assertThat(tensors().fit(STEP, List.of(zeros))).isTrue();
  }

  @Test
  void whatIsNotAskedForDoesNotFit() {
    TensorValue zeros = tensors().zeros(STEP);
    List<Long> other = new ArrayList<>(zeros.shape());
    other.set(2, 1L);
    assertThat(tensors().fit(STEP, List.of())).isFalse();
    assertThat(tensors().fit(STEP, List.of(zeros, zeros))).isFalse();
    assertThat(tensors().fit(STEP, List.of(TensorParts.zeros(zeros.name(), other)))).isFalse();
    assertThat(tensors().fit(STEP, List.of(TensorParts.zeros("other", zeros.shape())))).isFalse();
    TensorValue half =
        new TensorValue(
            zeros.name(),
            ElementKind.INT32,
            zeros.shape(),
            ByteBuffer.allocate(zeros.data().remaining()));
    assertThat(tensors().fit(STEP, List.of(half))).isFalse();
  }
}
