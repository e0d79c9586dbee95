package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cleave.policies.graph.TensorShape;
import io.cleave.transport.grpc.Form;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form, alone and under each compression, on ten thousand tensors of every kind. */
class CodecBoundsTest {
  private static final List<TensorValue> TENSORS =
      LongStream.range(0, 10_000)
          .mapToObj(seed -> OddTensors.any(new SplittableRandom(seed)))
          .toList();

  @ParameterizedTest
  @CsvSource({
    "RAW, NONE",
    "FLOAT16, NONE",
    "INT8, NONE",
    "INT8_CHANNEL, NONE",
    "INT4, NONE",
    "INT4_ZEROS, NONE",
    "JPEG, NONE",
    "RAW, LZ4",
    "FLOAT16, LZ4",
    "INT8, LZ4",
    "INT8_CHANNEL, DEFLATE"
  })
  void movesNoValueBeyondTheStatedBound(Form form, String compression) {
    Lossless lossless =
        switch (compression) {
          case "LZ4" -> Lz4.BLOCK;
          case "DEFLATE" -> new Deflation(1e4);
          default -> Deflation.NEVER;
        };
    int refused = 0;
    int unsayable = 0;
    for (int seed = 0; seed < TENSORS.size(); seed++) {
      TensorValue sent = TENSORS.get(seed);
      EncodedTensor encoded = EncodedTensor.of(sent, form, lossless);
      TensorValue received = across(encoded);
      assertThat(received.shape()).isEqualTo(sent.shape());
      boolean cannot = cannotSay(form, sent);
      assertThat(encoded.refused()).as("seed %d", seed).isEqualTo(cannot);
      // As JPEG nothing takes more than as steps.
      boolean steps = form == Form.JPEG && encoded.head().getForm() == Form.INT8_CHANNEL;
      assertThat(encoded.head().getForm())
          .isEqualTo(cannot ? Form.RAW : steps ? Form.INT8_CHANNEL : form);
      check(sent, received, encoded, seed);
      refused += encoded.refused() ? 1 : 0;
      unsayable += cannot ? 1 : 0;
    }
    assertThat(refused).isEqualTo(unsayable);
    assertThat(refused > 0).isEqualTo(form != Form.RAW);
  }

  private static void check(
      TensorValue sent, TensorValue received, EncodedTensor encoded, long seed) {
    if (encoded.head().getForm() == Form.JPEG) {
      PictureBound.check(sent, received, "seed " + seed);
      return;
    }
    StatedBound bound = StatedBound.of(sent, encoded.head());
    FloatBuffer from = sent.data().asFloatBuffer();
    FloatBuffer to = received.data().asFloatBuffer();
    String what = "seed " + seed;
    for (int i = 0; i < from.limit(); i++) {
      bound.check(from.get(i), to.get(i), i, what);
    }
    Form form = encoded.head().getForm();
    if (form == Form.INT4 || form == Form.INT4_ZEROS) {
      bound.checkClip();
    }
  }

  private static boolean cannotSay(Form form, TensorValue sent) {
    FloatBuffer values = sent.data().asFloatBuffer();
    boolean cannot = form == Form.JPEG && !TensorShape.picture(sent.shape());
    for (int i = 0; i < values.limit(); i++) {
      float value = values.get(i);
      cannot |=
          switch (form) {
            case RAW -> false;
            case FLOAT16 -> Float.isFinite(value) && Math.abs(value) >= 65520;
            default -> !Float.isFinite(value);
          };
    }
    return cannot;
  }

  private static TensorValue across(EncodedTensor encoded) {
    TensorChunks chunks = new TensorChunks(List.of(encoded));
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(1 << 26))) {
      while (chunks.hasNext()) {
        ByteString piece = chunks.next(16 << 10);
        receiver.accept(piece);
      }
      return receiver.tensors().get(0);
    }
  }
}
