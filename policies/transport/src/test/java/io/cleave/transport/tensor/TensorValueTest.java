package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorValueTest {
  @Test
  void givesEachReaderAPositionOfItsOwn() {
    TensorValue value = Values.floats("x", 1, 2);
    value.data().getFloat();
    assertThat(value.data().remaining()).isEqualTo(8);
    assertThat(value.data().getFloat()).isEqualTo(1f);
  }

  @Test
  void isLittleEndianAndCannotBeWrittenTo() {
    assertThat(Values.floats("x", 1).data().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(Values.floats("x", 1).data().isReadOnly()).isTrue();
  }

  @Test
  void takesTheRestOfABufferAndLeavesItsPosition() {
    ByteBuffer buffer = ByteBuffer.allocate(12).position(4);
    TensorValue value = new TensorValue("x", ElementKind.INT32, List.of(2L), buffer);
    assertThat(value.byteCount()).isEqualTo(8);
    assertThat(value.elements()).isEqualTo(2);
    assertThat(buffer.position()).isEqualTo(4);
  }

  @Test
  void refusesASizeThatItsShapeDoesNotHave() {
    assertThatThrownBy(
            () -> new TensorValue("x", ElementKind.INT64, List.of(2L), ByteBuffer.allocate(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 bytes, not 8");
    assertThatThrownBy(
            () -> new TensorValue("x", ElementKind.INT64, List.of(-1L), ByteBuffer.allocate(8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalsByContent() {
    assertThat(Values.floats("x", 1, 2)).isEqualTo(Values.floats("x", 1, 2));
    assertThat(Values.floats("x", 1, 2)).isNotEqualTo(Values.floats("x", 1, 3));
  }
}
