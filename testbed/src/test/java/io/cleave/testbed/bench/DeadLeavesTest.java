package io.cleave.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Codec;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.tensor.ByteBudget;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorLimits;
import io.cleave.transport.tensor.TensorReceiver;
import io.cleave.transport.tensor.TensorValue;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLeavesTest {
  /** What docs/codecs.md states of pictures like photographs, with air: 5 to 7 %, 1.2 to 1.4 %. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aJpegTakesFewBytesAndMovesThemLittle(long seed) {
    TensorValue picture = DeadLeaves.picture(224, seed);
    assertThat(DeadLeaves.picture(224, seed)).isEqualTo(picture);
    EncodedTensor encoded = CodecForm.of(Codec.JPEG).encoded(picture);
    assertThat(encoded.head().getForm()).isEqualTo(Form.JPEG);
    double share = (double) encoded.head().getWireBytes() / picture.byteCount();
    assertThat(share).isBetween(0.04, 0.08);
    assertThat(moved(picture, received(encoded))).isLessThan(0.018);
  }

  /** Root of the mean of squares; values lie from 0 to 1. */
  private static double moved(TensorValue sent, TensorValue received) {
    FloatBuffer from = sent.data().asFloatBuffer();
    FloatBuffer to = received.data().asFloatBuffer();
    double sum = 0;
    for (int i = 0; i < from.limit(); i++) {
      sum += Math.pow(from.get(i) - to.get(i), 2);
    }
    return Math.sqrt(sum / from.limit());
  }

  private static TensorValue received(EncodedTensor encoded) {
    TensorChunks chunks = new TensorChunks(List.of(encoded));
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(1 << 28))) {
      while (chunks.hasNext()) {
        receiver.accept(chunks.next(64 << 10));
      }
      return receiver.tensors().get(0);
    }
  }
}
