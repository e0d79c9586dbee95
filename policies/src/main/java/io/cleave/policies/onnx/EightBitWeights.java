package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Weights of a convolution or fully connected layer as whole numbers: eight bits with a scale for
 * each output channel, 0 in the middle; and 32 bits for its bias.
 */
final class EightBitWeights {
  private static final int MOST = 127;
  private static final double MOST_BIAS = 1 << 30; // room for sums

  private final List<Long> dims;
  private final int axis;
  private final float[] kernel;
  private final float[] bias;
  private final double inputScale;
  private final float[] scales;

  /**
   * @param kernel of floats
   * @param axis of the output channels
   * @param bias of floats, one for each; none if there is none
   * @param inputScale of what the layer reads
   */
  EightBitWeights(TensorProto kernel, int axis, float[] bias, double inputScale) {
    this.dims = kernel.getDimsList();
    this.axis = axis;
    this.kernel = floats(kernel);
    this.bias = bias;
    this.inputScale = inputScale;
    this.scales = scales();
  }

  private float[] scales() {
    float[] largest = new float[Math.toIntExact(dims.get(axis))];
    for (int i = 0; i < kernel.length; i++) {
      int channel = channel(i);
      largest[channel] = Math.max(largest[channel], Math.abs(kernel[i]));
    }
    for (int channel = 0; channel < largest.length; channel++) {
      // A bias that is huge beside its weights must fit into its 32 bits, too.
      double forBias = bias.length == 0 ? 0 : Math.abs(bias[channel]) / (inputScale * MOST_BIAS);
      double scale = Math.max(largest[channel] / MOST, forBias);
      largest[channel] = scale >= Float.MIN_NORMAL ? (float) scale : 1;
    }
    return largest;
  }

  private int channel(int place) {
    int inner = (int) ViewRules.product(dims, axis + 1, dims.size());
    return (int) (place / inner % dims.get(axis));
  }

  TensorProto kernel(String name) {
    byte[] whole = new byte[kernel.length];
    for (int i = 0; i < whole.length; i++) {
      long step = Math.round((double) kernel[i] / scales[channel(i)]);
      whole[i] = (byte) Math.max(-MOST, Math.min(MOST, step));
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT8_VALUE)
        .addAllDims(dims)
        .setRawData(ByteString.copyFrom(whole))
        .build();
  }

  TensorProto kernelScales(String name) {
    return floats(name, scales);
  }

  /** Which an engine wants to see, though they are nothing else. */
  TensorProto kernelZeros(String name) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT8_VALUE)
        .addDims(scales.length)
        .setRawData(ByteString.copyFrom(new byte[scales.length]))
        .build();
  }

  TensorProto bias(String name) {
    ByteBuffer whole = ByteBuffer.allocate(4 * bias.length).order(ByteOrder.LITTLE_ENDIAN);
    float[] steps = biasSteps();
    for (int channel = 0; channel < bias.length; channel++) {
      whole.putInt((int) Math.round((double) bias[channel] / steps[channel]));
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT32_VALUE)
        .addDims(bias.length)
        .setRawData(ByteString.copyFrom(whole.flip()))
        .build();
  }

  TensorProto biasScales(String name) {
    return floats(name, biasSteps());
  }

  private float[] biasSteps() {
    float[] steps = new float[bias.length];
    for (int channel = 0; channel < bias.length; channel++) {
      steps[channel] = (float) (inputScale * scales[channel]);
    }
    return steps;
  }

  static TensorProto floats(String name, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addDims(values.length)
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }

  /** Content of a weight of floats, wherever the file keeps it. */
  static float[] floats(TensorProto weight) {
    float[] values =
        new float[(int) ViewRules.product(weight.getDimsList(), 0, weight.getDimsCount())];
    if (weight.getFloatDataCount() > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = weight.getFloatData(i);
      }
    } else {
      weight
          .getRawData()
          .asReadOnlyByteBuffer()
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    }
    return values;
  }
}
