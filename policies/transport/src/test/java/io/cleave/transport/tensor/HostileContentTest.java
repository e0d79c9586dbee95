package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound heads, and the right number of bytes, but not such bytes. */
class HostileContentTest {
  private static final List<Form> FORMS = List.of(Form.values());

  private static TensorHead.Builder head(Form form, int wireBytes) {
    return TensorHead.newBuilder()
        .setName("x")
        .setType(ElementType.FLOAT32)
        .addAllShape(List.of(1L, 3L))
        .setForm(form)
        .setScale(0.5f)
        .setZeroPoint(2)
        .setChannels(form == Form.INT8_CHANNEL ? 3 : 0)
        .setWireBytes(wireBytes);
  }

  @Test
  void aLastHalfByteIsZero() {
    TensorValue sound = received(head(Form.INT4, 2).build(), new byte[] {0x24, 0x10});
    assertThat(sound).isEqualTo(floats(0, 1, -0.5f));
    refused(head(Form.INT4, 2).build(), new byte[] {0x24, 0x11}, "end with a half byte of 0");
  }

  @Test
  void runsOfZerosFillTheTensor() {
    // A run of two zeros, then the step 1 above the zero point.
    TensorValue sound = received(head(Form.INT4_ZEROS, 3).build(), new byte[] {1, 0x01, 0x10});
    assertThat(sound).isEqualTo(floats(0, 0, 0.5f));
    refused(head(Form.INT4_ZEROS, 3).build(), new byte[] {1, 0x01, 0x11}, "runs of zeros");
    refused(head(Form.INT4_ZEROS, 2).build(), new byte[] {1, 0x03}, "run of 4 zeros");
    refused(head(Form.INT4_ZEROS, 2).build(), new byte[] {2, 0x02}, "begins with 0 or 1");
  }

  @Test
  void eachChannelHasAScaleAboveZero() {
    byte[] bytes = new byte[18];
    refused(head(Form.INT8_CHANNEL, 18).build(), bytes, "scale 0.0 in channel 0");
  }

  @Test
  void aBlockFillsTheTensor() {
    TensorHead head = head(Form.RAW, 3).setCompression(Compression.LZ4).build();
    // One literal, then nothing: a block of one byte where twelve are due.
    refused(head, new byte[] {0x10, 7, 0}, "does not expand to 12 bytes");
  }

  static LongStream seeds() {
    return LongStream.range(0, 3000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyBytesAreRefusedOrMadeSenseOf(long seed) {
    Random random = new Random(seed);
    Form form = FORMS.get(1 + random.nextInt(FORMS.size() - 2));
    byte[] bytes = new byte[random.nextInt(24)];
    random.nextBytes(bytes);
    TensorHead head =
        head(form, bytes.length)
            .setCompressionValue(random.nextInt(3))
            .setZeroPoint(random.nextInt(16))
            .build();
    try {
      assertThat(received(head, bytes).elements()).isEqualTo(3);
    } catch (TensorFault expected) {
      assertThat(expected.getMessage()).isNotBlank().hasSizeLessThan(500);
    }
  }

  private static void refused(TensorHead head, byte[] bytes, String why) {
    TensorFault fault = catchThrowableOfType(TensorFault.class, () -> received(head, bytes));
    assertThat(fault.kind()).isEqualTo(Kind.CONTENT);
    assertThat(fault.getMessage()).contains("'x'").contains(why);
  }

  private static TensorValue floats(float... values) {
    TensorValue line = Values.floats("x", values);
    return new TensorValue(
        "x", ElementKind.FLOAT32, List.of(1L, (long) values.length), line.data());
  }

  private static TensorValue received(TensorHead head, byte[] bytes) {
    try (TensorReceiver receiver =
        new TensorReceiver(List.of(head), TensorLimits.DEFAULT, new ByteBudget(1 << 20))) {
      receiver.accept(ByteString.copyFrom(bytes));
      return receiver.tensors().get(0);
    }
  }
}
