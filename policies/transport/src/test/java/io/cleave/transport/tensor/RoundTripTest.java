package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  /** So slow that compressing pays as soon as it shrinks anything. */
  private static final Deflation SLOW = new Deflation(1e5);

  private static final List<Form> FORMS =
      List.of(Form.RAW, Form.FLOAT16, Form.INT8, Form.INT8_CHANNEL, Form.INT4, Form.INT4_ZEROS);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bringsTensorsAcrossInAnyFormAndAnyPieces(long seed) {
    Random random = new Random(seed);
    Form form = FORMS.get(random.nextInt(FORMS.size()));
    Lossless lossless = List.of(SLOW, Deflation.NEVER, Lz4.BLOCK).get(random.nextInt(3));
    List<TensorValue> sent = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      sent.add(Values.any(random));
    }
    List<EncodedTensor> encoded =
        sent.stream().map(value -> EncodedTensor.of(value, form, lossless)).toList();
    List<TensorValue> received = carry(encoded, random);
    assertThat(received).as("seed %d", seed).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      checkSame(sent.get(i), received.get(i), encoded.get(i).head(), seed);
    }
  }

  private static List<TensorValue> carry(List<EncodedTensor> encoded, Random random) {
    TensorChunks chunks = new TensorChunks(encoded);
    ByteBudget budget = new ByteBudget(1 << 24);
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, budget)) {
      while (chunks.hasNext()) {
        // Pieces that do not end where tensors do.
        ByteString piece = chunks.next(1 + random.nextInt(3000));
        if (chunks.hasNext() && random.nextBoolean()) {
          piece = piece.concat(chunks.next(1 + random.nextInt(3000)));
        }
        receiver.accept(piece);
      }
      assertThat(receiver.receivedBytes()).isEqualTo(receiver.announcedBytes());
      return receiver.tensors();
    } finally {
      assertThat(budget.held()).isZero();
    }
  }

  private static void checkSame(
      TensorValue sent, TensorValue received, TensorHead head, long seed) {
    if (head.getForm() == Form.RAW) {
      assertThat(received).as("seed %d", seed).isEqualTo(sent);
      return;
    }
    assertThat(received.name()).isEqualTo(sent.name());
    assertThat(received.shape()).isEqualTo(sent.shape());
    StatedBound bound = StatedBound.of(sent, head);
    FloatBuffer expected = sent.data().asFloatBuffer();
    FloatBuffer actual = received.data().asFloatBuffer();
    for (int i = 0; i < expected.limit(); i++) {
      bound.check(expected.get(i), actual.get(i), i, "seed " + seed);
    }
  }

  @Test
  void sendsFloatsInTheFormAskedForAndTheRestRaw() {
    Random random = new Random(1);
    for (ElementKind kind : ElementKind.values()) {
      TensorValue value = Values.any(random, kind, List.of(3L, 4L));
      Form form = EncodedTensor.of(value, Form.INT8, Deflation.NEVER).head().getForm();
      assertThat(form).isEqualTo(kind == ElementKind.FLOAT32 ? Form.INT8 : Form.RAW);
    }
  }

  @Test
  void sendsRawWhatEightBitsCannotSay() {
    TensorValue value = Values.floats("x", 1, Float.NaN, Float.POSITIVE_INFINITY);
    EncodedTensor encoded = EncodedTensor.of(value, Form.INT8, Deflation.NEVER);
    assertThat(encoded.head().getForm()).isEqualTo(Form.RAW);
    assertThat(carry(List.of(encoded), new Random(1)).get(0)).isEqualTo(value);
  }

  @Test
  void wrapsRawBytesWithoutACopy() {
    TensorValue value = Values.any(new Random(1), ElementKind.INT32, List.of(1000L));
    EncodedTensor encoded = EncodedTensor.of(value, Form.RAW, Deflation.NEVER);
    assertThat(encoded.head().getCompression()).isEqualTo(Compression.NONE);
    assertThat(encoded.bytes().isDirect()).isEqualTo(value.data().isDirect());
    assertThat(encoded.bytes()).isEqualTo(value.data());
  }

  @Test
  void carriesTensorsThatGrowTheirRoom() {
    // 9.6 MB: room for 1, 2, 4, 8 MiB and then the whole.
    TensorValue large = Values.any(new Random(1), ElementKind.FLOAT32, List.of(3L, 800L, 1000L));
    EncodedTensor raw = EncodedTensor.of(large, Form.RAW, Deflation.NEVER);
    assertThat(carryQuickly(raw)).isEqualTo(large);
    EncodedTensor deflated = EncodedTensor.of(large, Form.RAW, SLOW);
    assertThat(deflated.head().getCompression()).isEqualTo(Compression.DEFLATE);
    assertThat(carryQuickly(deflated)).isEqualTo(large);
  }

  private static TensorValue carryQuickly(EncodedTensor tensor) {
    TensorChunks chunks = new TensorChunks(List.of(tensor));
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(1 << 26))) {
      while (chunks.hasNext()) {
        receiver.accept(chunks.next(16 << 10));
      }
      return receiver.tensors().get(0);
    }
  }
}
