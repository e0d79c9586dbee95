package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A parameter of a network on the drawing board.
 *
 * @param name of its tensor
 * @param dims its sizes; none for a scalar
 * @param bound its values lie between minus and plus this
 * @param settings fixed content instead, for constants that are not learned
 */
record Weight(String name, List<Long> dims, double bound, List<Float> settings) {
  /** Biases are small, so that rectifiers are alive on both sides. */
  private static final double BIAS_BOUND = 0.05;

  /** Bytes. */
  private static final int LARGE = 1 << 20;

  /**
   * The kernel of a convolution or fully connected layer, outputs first. Uniform with variance 2 /
   * fan-in (He et al., ICCV 2015), so that answers stay finite however deep the network is.
   */
  static Weight kernel(String name, List<Long> dims) {
    double fanIn = ViewRules.product(dims, 1, dims.size());
    return new Weight(name, dims, Math.sqrt(6 / fanIn), List.of());
  }

  static Weight bias(String name, long length) {
    return new Weight(name, List.of(length), BIAS_BOUND, List.of());
  }

  static Weight scalar(String name, float content) {
    return new Weight(name, List.of(), 0, List.of(content));
  }

  /** Sizes only, but settings in full. */
  TensorProto bare() {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(dims);
    return tensor.addAllFloatData(settings).build();
  }

  TensorProto filled(RandomGenerator random) {
    if (!settings.isEmpty()) {
      return bare();
    }
    int length = Math.toIntExact(ViewRules.product(dims, 0, dims.size()));
    ByteBuffer bytes = room(Math.multiplyExact(Float.BYTES, length));
    for (int i = 0; i < length; i++) {
      bytes.putFloat((float) ((2 * random.nextDouble() - 1) * bound));
    }
    // Not copied: the buffer is not touched again.
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes.flip());
    return bare().toBuilder().setRawData(content).build();
  }

  /** Large ones lie outside the heap, which would keep the room for good when they are gone. */
  private static ByteBuffer room(int bytes) {
    ByteBuffer room = bytes < LARGE ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    return room.order(ByteOrder.LITTLE_ENDIAN);
  }
}
