package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound heads of pictures, and bytes behind them that are no such JPEG. */
class HostilePicturesTest {
  private static final int BEFORE = Channels.BYTES;

  private static EncodedTensor picture(long planes, long height, long width) {
    Random random = new Random(1);
    int count = (int) (planes * height * width);
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    double value = 0;
    for (int i = 0; i < count; i++) {
      value = 0.9 * value + random.nextGaussian();
      data.putFloat((float) value);
    }
    TensorValue tensor =
        new TensorValue("x", ElementKind.FLOAT32, List.of(1L, planes, height, width), data.flip());
    EncodedTensor encoded = EncodedTensor.of(tensor, Form.JPEG, Deflation.NEVER);
    assertThat(encoded.head().getForm()).isEqualTo(Form.JPEG);
    return encoded;
  }

  private static byte[] bytes(EncodedTensor encoded) {
    byte[] bytes = new byte[encoded.bytes().remaining()];
    encoded.bytes().duplicate().get(bytes);
    return bytes;
  }

  @Test
  void aScanEndsWhereThePictureDoes() {
    EncodedTensor sound = picture(1, 40, 40);
    byte[] bytes = bytes(sound);
    assertThat(received(sound.head(), bytes).elements()).isEqualTo(1600);
    refused(sound.head(), Arrays.copyOf(bytes, bytes.length / 2), "premature end");
    refused(sound.head(), Arrays.copyOf(bytes, BEFORE + 19), "premature end"); // 25 blocks: 6 bits
    byte[] more = Arrays.copyOf(bytes, bytes.length + 8); // fewer may be read ahead unseen
    refused(sound.head(), more, "extraneous bytes");
  }

  /** Whose scan would fill more than the head gives room for, or less. */
  @Test
  void aPictureOfAnotherSizeIsRefused() {
    EncodedTensor small = picture(1, 32, 32);
    refused(small.head(), Arrays.copyOf(bytes(picture(1, 64, 16)), 900), "such JPEG");
    refused(picture(1, 48, 48).head(), bytes(small), "premature end");
    refused(picture(3, 16, 16).head(), bytes(picture(1, 16, 16)), "");
  }

  /** Another picture, other tables, a progressive one: nothing is said in a scan but the scan. */
  @Test
  void noMarkerStandsInAScan() {
    EncodedTensor sound = picture(1, 40, 40);
    byte[] bytes = bytes(sound);
    for (int marker = 1; marker < 256; marker++) {
      byte[] marked = bytes.clone();
      marked[BEFORE + 50] = (byte) 0xff;
      marked[BEFORE + 51] = (byte) marker;
      refused(sound.head(), marked, "A marker stands in the scan, at byte");
    }
    byte[] open = bytes.clone();
    open[open.length - 1] = (byte) 0xff;
    refused(sound.head(), open, "A marker stands in the scan, at byte");
  }

  /** A whole file with a head of its own, which may say anything. */
  @Test
  void aWholeFileIsNoScan() {
    EncodedTensor sound = picture(1, 40, 40);
    byte[] head = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc2, 0, 11, 8, 127, -1, 127, -1, 1, 1, 0x11, 0
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(bytes(sound), 0, BEFORE);
    file.writeBytes(head);
    file.write(bytes(sound), BEFORE, bytes(sound).length - BEFORE);
    refused(sound.head(), file.toByteArray(), "A marker stands in the scan, at byte 0");
  }

  static LongStream seeds() {
    return LongStream.range(0, 2000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void brokenScansAreRefusedOrMadeSenseOf(long seed) {
    Random random = new Random(seed);
    EncodedTensor sound = picture(random.nextBoolean() ? 1 : 3, 19, 17);
    byte[] bytes = bytes(sound);
    for (int i = random.nextInt(8); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    try {
      TensorValue received = received(sound.head(), bytes);
      assertThat(received.shape()).isEqualTo(sound.head().getShapeList());
    } catch (TensorFault expected) {
      assertThat(expected.kind()).isEqualTo(Kind.CONTENT);
      assertThat(expected.getMessage()).isNotBlank().hasSizeLessThan(500).doesNotContain("\n");
    }
  }

  private static void refused(TensorHead head, byte[] bytes, String why) {
    TensorFault fault = catchThrowableOfType(TensorFault.class, () -> received(head, bytes));
    assertThat(fault).as(why).isNotNull();
    assertThat(fault.kind()).isEqualTo(Kind.CONTENT);
    assertThat(fault.getMessage()).contains("'x'").contains(why);
  }

  private static TensorValue received(TensorHead head, byte[] bytes) {
    TensorHead told = head.toBuilder().setWireBytes(bytes.length).build();
    ByteBudget budget = new ByteBudget(1 << 20);
    try (TensorReceiver receiver =
        new TensorReceiver(List.of(told), TensorLimits.DEFAULT, budget)) {
      receiver.accept(ByteString.copyFrom(bytes));
      return receiver.tensors().get(0);
    } finally {
      assertThat(budget.held()).isZero();
    }
  }
}
