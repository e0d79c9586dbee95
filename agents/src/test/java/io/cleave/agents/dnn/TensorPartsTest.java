package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.TensorValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TensorPartsTest {
  @Test
  void takesRowsOfEveryChannel() {
    // Two channels of three rows of two: 0 1 | 2 3 | 4 5 and 6 7 | 8 9 | 10 11.
    TensorValue rows = TensorParts.cut(counting(1, 2, 3, 2), Piece.of(2, new Span(1, 3)));
    assertThat(rows.shape()).containsExactly(1L, 2L, 2L, 2L);
    assertThat(numbers(rows)).containsExactly(2f, 3f, 4f, 5f, 8f, 9f, 10f, 11f);
    TensorValue columns = TensorParts.cut(counting(1, 2, 3, 2), Piece.of(3, new Span(0, 1)));
    assertThat(numbers(columns)).containsExactly(0f, 2f, 4f, 6f, 8f, 10f);
    TensorValue tile =
        TensorParts.cut(counting(1, 2, 3, 2), Piece.tile(new Span(1, 3), new Span(1, 2)));
    assertThat(tile.shape()).containsExactly(1L, 2L, 2L, 1L);
    assertThat(numbers(tile)).containsExactly(3f, 5f, 9f, 11f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void partsJoinedAreTheWhole(int axis) {
    TensorValue whole = counting(3, 4, 5, 6);
    SplittableRandom random = new SplittableRandom(axis);
    Map<Piece, TensorValue> parts = new LinkedHashMap<>();
    long length = whole.shape().get(axis);
    for (long from = 0; from < length; ) {
      long to = random.nextLong(from, length) + 1;
      Piece piece = Piece.of(axis, new Span(from, to));
      parts.put(piece, TensorParts.cut(whole, piece));
      from = to;
    }
    assertThat(TensorParts.joined(parts)).isEqualTo(whole);
  }

  @Test
  void tilesOfManySamplesJoinedAreTheWhole() {
    TensorValue whole = counting(2, 3, 5, 7);
    Map<Piece, TensorValue> parts = new LinkedHashMap<>();
    for (Span rows : List.of(new Span(3, 5), new Span(0, 1), new Span(1, 3))) {
      for (Span columns : List.of(new Span(0, 4), new Span(4, 7))) {
        Piece piece = Piece.tile(rows, columns);
        parts.put(piece, TensorParts.cut(whole, piece));
      }
    }
    assertThat(TensorParts.joined(parts)).isEqualTo(whole);
  }

  @Test
  void summandsAreAddedInTheirOrder() {
    Map<Piece, TensorValue> summands = new LinkedHashMap<>();
    for (long from = 0; from < 3; from++) {
      summands.put(Piece.sum(1, new Span(from, from + 1)), counting(1, 2, 2, 1));
    }
    TensorValue sum = TensorParts.joined(summands);
    assertThat(sum.shape()).containsExactly(1L, 2L, 2L, 1L);
    assertThat(numbers(sum)).containsExactly(0f, 3f, 6f, 9f);
    summands.put(Piece.sum(1, new Span(3, 4)), counting(1, 2, 3, 1));
    assertThatThrownBy(() -> TensorParts.joined(summands))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be added");
  }

  @Test
  void refusesWhatDoesNotFit() {
    TensorValue whole = counting(1, 2, 3, 2);
    assertThatThrownBy(() -> TensorParts.cut(whole, Piece.of(2, new Span(1, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("places 0 to 2 along axis 2, not 1-3");
    Map<Piece, TensorValue> other =
        Map.of(
            Piece.of(2, new Span(0, 3)), whole, Piece.of(2, new Span(3, 6)), counting(1, 3, 3, 2));
    assertThatThrownBy(() -> TensorParts.joined(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not piece");
  }

  private static TensorValue counting(long... dims) {
    List<Long> shape = java.util.Arrays.stream(dims).boxed().toList();
    int elements = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
    java.nio.ByteBuffer data =
        java.nio.ByteBuffer.allocate(Float.BYTES * elements)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      data.putFloat(i);
    }
    return new TensorValue("t", io.cleave.transport.tensor.ElementKind.FLOAT32, shape, data.flip());
  }

  private static float[] numbers(TensorValue value) {
    float[] numbers = new float[Math.toIntExact(value.elements())];
    value.data().asFloatBuffer().get(numbers);
    return numbers;
  }
}
