package io.cleave.agents.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.dnn.TensorParts;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Convolution, rectifier, pool, convolution: the second of two tiles takes a column of maps. */
  @Test
  void aTileIsMadeOfItsNeighboursOnceTheseAreHere() {
    LayerSet run = LayerSet.range(1, 5);
    Checkerboard board = new Checkerboard(List.of(8L), List.of(4L, 8L));
    Portion first = new Portion(Optional.empty(), Step.piece(run, board.tile(0, 0)), 0);
    Portion then = new Portion(Optional.empty(), Step.piece(run, board.tile(0, 1)), 1);
    PieceTensors early = tensors();
    assertThat(early.way(then).piece().orElseThrow().kind()).isEqualTo(Piece.Kind.PART);
    assertThat(early.reuses(then)).isFalse();

    PieceTensors late = tensors();
    List<TensorValue> made =
        Frontier.of(GRAPH, first.step()).outputs().stream()
            .map(part -> TensorParts.zeros(part.name(), samples(part.shape().dims())))
            .toList();
    assertThat(late.way(first)).isEqualTo(first.step());
    assertThat(made).hasSize(2);
    assertThat(late.fit(first.step(), made)).isTrue();
    assertThat(late.fit(first.step(), made.subList(0, 1))).isFalse();
    assertThat(late.taken(made)).isEqualTo(made.get(0));
    assertThat(late.way(then)).isEqualTo(then.step());
    assertThat(late.reuses(then)).isTrue();
    assertThat(late.reuses(first)).isFalse();
    assertThat(late.inputs(then.step())).hasSize(2).contains(made.get(1));
    assertThat(then.parts(Optional.empty())).hasSize(2);
    assertThat(first.parts(Optional.empty())).hasSize(1);
  }

  private static List<Long> samples(List<Long> dims) {
    List<Long> all = new ArrayList<>(dims);
    all.set(0, (long) SAMPLES);
    return all;
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
