package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.Span;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TensorPartsTest {
  @Test
  void takesRowsOfEveryChannel() {
    // Two channels of three rows of two: 0 1 | 2 3 | 4 5 and 6 7 | 8 9 | 10 11.
    TensorValue rows = TensorParts.cut(counting(1, 2, 3, 2), 2, new Span(1, 3));
    assertThat(rows.shape()).containsExactly(1L, 2L, 2L, 2L);
    assertThat(numbers(rows)).containsExactly(2f, 3f, 4f, 5f, 8f, 9f, 10f, 11f);
    TensorValue columns = TensorParts.cut(counting(1, 2, 3, 2), 3, new Span(0, 1));
    assertThat(numbers(columns)).containsExactly(0f, 2f, 4f, 6f, 8f, 10f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void partsJoinedAreTheWhole(int axis) {
    TensorValue whole = counting(3, 4, 5, 6);
    SplittableRandom random = new SplittableRandom(axis);
    List<TensorValue> parts = new ArrayList<>();
    long length = whole.shape().get(axis);
    for (long from = 0; from < length; ) {
      long to = random.nextLong(from, length) + 1;
      parts.add(TensorParts.cut(whole, axis, new Span(from, to)));
      from = to;
    }
    assertThat(TensorParts.joined(parts, axis)).isEqualTo(whole);
  }

  @Test
  void refusesWhatDoesNotFit() {
    TensorValue whole = counting(1, 2, 3, 2);
    assertThatThrownBy(() -> TensorParts.cut(whole, 2, new Span(1, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("places 0 to 2 along axis 2, not 1-3");
    assertThatThrownBy(() -> TensorParts.joined(List.of(whole, counting(1, 3, 3, 2)), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parts of one tensor");
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
