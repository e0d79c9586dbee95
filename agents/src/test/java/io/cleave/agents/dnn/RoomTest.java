package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final Random random = new Random(1);
  private final Room room = new Room();

  @Test
  void laysValuesOutsideTheHeapUnchanged() {
    for (int run = 0; run < 100; run++) {
      List<TensorValue> values =
          List.of(heap("a", random.nextInt(300)), heap("b", 0), heap("c", random.nextInt(300)));
      List<TensorValue> laid = room.laid(values);
      assertThat(laid).isEqualTo(values);
      assertThat(laid).allMatch(value -> value.data().isDirect());
    }
  }

  @Test
  void leavesValuesThatAreThere() {
    TensorValue direct = value("direct", ByteBuffer.allocateDirect(8));
    assertThat(room.laid(List.of(heap("a", 5), direct)).get(1)).isSameAs(direct);
  }

  /** Or each run would pay for fresh memory. */
  @Test
  void usesTheSameMemoryAgain() {
    TensorValue first = heap("a", 100);
    TensorValue laid = room.laid(List.of(first)).get(0);
    assertThat(laid).isEqualTo(first);
    room.laid(List.of(heap("a", 50)));
    assertThat(laid).isNotEqualTo(first);
  }

  private TensorValue heap(String name, int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return value(name, ByteBuffer.wrap(content));
  }

  private static TensorValue value(String name, ByteBuffer data) {
    return new TensorValue(name, ElementKind.UINT8, List.of((long) data.remaining()), data);
  }
}
