package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorReceiverTest {
  private static final TensorHead BYTES =
      TensorHead.newBuilder()
          .setName("x")
          .setType(ElementType.UINT8)
          .addShape(100L << 20)
          .setForm(Form.RAW)
          .setWireBytes(100L << 20)
          .build();

  private final ByteBudget budget = new ByteBudget(300L << 20);

  private TensorReceiver receiver(TensorHead... heads) {
    return new TensorReceiver(List.of(heads), TensorLimits.DEFAULT, budget);
  }

  private static TensorHead bytes(int count) {
    return BYTES.toBuilder().setShape(0, count).setWireBytes(count).build();
  }

  private static ByteString zeros(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  @Test
  void anAnnouncementCostsNothingAndAFewBytesCostLittle() {
    try (TensorReceiver receiver = receiver(BYTES)) {
      assertThat(budget.held()).isZero();
      receiver.accept(zeros(1));
      assertThat(budget.held()).isEqualTo(1 << 20);
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void refusesWhenOthersHoldTheMemoryAndTakesNoneThen() {
    ByteBudget small = new ByteBudget(3 << 20);
    try (TensorReceiver receiver =
        new TensorReceiver(List.of(BYTES), TensorLimits.DEFAULT, small)) {
      TensorFault fault =
          catchThrowableOfType(
              TensorFault.class,
              () -> {
                for (int i = 0; i < 5; i++) {
                  receiver.accept(zeros(1 << 20));
                }
              });
      assertThat(fault.kind()).isEqualTo(Kind.MEMORY);
    }
    assertThat(small.held()).isZero();
  }

  @Test
  void refusesBytesBeyondTheLastTensor() {
    TensorReceiver receiver = receiver(bytes(10), bytes(5));
    assertThat(kind(() -> receiver.accept(zeros(16)))).isEqualTo(Kind.SIZE);
  }

  @Test
  void refusesAnEndBeforeTheLastByte() {
    TensorReceiver receiver = receiver(bytes(10), bytes(5));
    receiver.accept(zeros(14));
    assertThat(receiver.complete()).isFalse();
    assertThat(kind(receiver::tensors)).isEqualTo(Kind.SIZE);
    receiver.accept(zeros(1));
    assertThat(receiver.tensors()).hasSize(2);
  }

  @Test
  void refusesABombBeforeItIsLargerThanItSays() {
    byte[] zeros = new byte[1_000_000];
    ByteString bomb =
        ByteString.copyFrom(new Deflation(1).compressed(ByteBuffer.wrap(zeros)).orElseThrow());
    TensorHead head =
        bytes(20_000).toBuilder()
            .setCompression(Compression.DEFLATE)
            .setWireBytes(bomb.size())
            .build();
    TensorReceiver receiver = receiver(head);
    receiver.accept(bomb);
    assertThat(kind(receiver::tensors)).isEqualTo(Kind.CONTENT);
  }

  @Test
  void refusesNoiseWhereAStreamShouldBe() {
    byte[] noise = new byte[500];
    new Random(1).nextBytes(noise);
    TensorHead head =
        bytes(1000).toBuilder().setCompression(Compression.DEFLATE).setWireBytes(500).build();
    TensorReceiver receiver = receiver(head);
    receiver.accept(ByteString.copyFrom(noise));
    assertThat(kind(receiver::tensors)).isEqualTo(Kind.CONTENT);
  }

  @Test
  void refusesTruthsThatAreNeither() {
    TensorHead head = bytes(2).toBuilder().setType(ElementType.BOOL).build();
    TensorReceiver sound = receiver(head);
    sound.accept(ByteString.copyFrom(new byte[] {0, 1}));
    assertThat(sound.complete()).isTrue();
    for (byte bad : new byte[] {2, -1}) {
      TensorReceiver receiver = receiver(head);
      receiver.accept(ByteString.copyFrom(new byte[] {1, bad}));
      assertThat(kind(receiver::tensors)).isEqualTo(Kind.CONTENT);
    }
  }

  @Test
  void takesEmptyTensorsAndNoneAtAll() {
    assertThat(receiver().complete()).isTrue();
    TensorReceiver receiver = receiver(bytes(0), bytes(3), bytes(0));
    assertThat(receiver.complete()).isFalse();
    receiver.accept(zeros(3));
    assertThat(receiver.tensors()).extracting(TensorValue::byteCount).containsExactly(0, 3, 0);
  }

  private static Kind kind(ThrowingCallable call) {
    return catchThrowableOfType(TensorFault.class, call).kind();
  }
}
