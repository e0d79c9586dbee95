package io.cleave.testbed.codecs;

import io.cleave.policies.learning.CodedCuts;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ByteBudget;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorLimits;
import io.cleave.transport.tensor.TensorReceiver;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a tensor is when it has crossed as it does between agents. */
final class Received {
  private static final int CHUNK = 64 << 10;
  private static final int LARGEST = 1 << 30;

  private Received() {}

  static TensorValue of(EncodedTensor encoded) {
    TensorChunks chunks = new TensorChunks(List.of(encoded));
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(LARGEST))) {
      while (chunks.hasNext()) {
        receiver.accept(chunks.next(CHUNK));
      }
      return receiver.tensors().get(0);
    }
  }

  /** What a codec leaves of the values of one frame. */
  static CodedCuts.Form form(Codec codec) {
    return (values, shape) -> {
      long[] dims = LongStream.concat(LongStream.of(1), longs(shape.stream())).toArray();
      TensorValue received = of(CodecForm.of(codec).encoded(Half.value("crossing", values, dims)));
      float[] floats = new float[values.length];
      received.data().asFloatBuffer().get(floats);
      return floats;
    };
  }

  private static LongStream longs(Stream<Long> values) {
    return values.mapToLong(Long::longValue);
  }
}
