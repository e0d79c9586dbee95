package io.cleave.transport.tensor;

import io.cleave.policies.plan.Codec;
import io.cleave.transport.grpc.Form;

/**
 * What a plan's codec is on the wire.
 *
 * @param form of floats
 * @param lossless on top of it; never by a link's rate, so that the bytes are those that the plan
 *     counts on
 */
public record CodecForm(Form form, Lossless lossless) {
  /** A codec's form; the only place that tells. */
  public static CodecForm of(Codec codec) {
    return switch (codec) {
      case FP32 -> new CodecForm(Form.RAW, Deflation.NEVER);
      case FP16 -> new CodecForm(Form.FLOAT16, Deflation.NEVER);
      case INT8 -> new CodecForm(Form.INT8, Deflation.NEVER);
      case INT8_CHANNEL -> new CodecForm(Form.INT8_CHANNEL, Deflation.NEVER);
      case INT4 -> new CodecForm(Form.INT4, Deflation.NEVER);
      case INT4_ZEROS -> new CodecForm(Form.INT4_ZEROS, Deflation.NEVER);
      case FP32_LZ4 -> new CodecForm(Form.RAW, Lz4.BLOCK);
      case FP16_LZ4 -> new CodecForm(Form.FLOAT16, Lz4.BLOCK);
      case INT8_LZ4 -> new CodecForm(Form.INT8, Lz4.BLOCK);
      case JPEG -> new CodecForm(Form.JPEG, Deflation.NEVER);
    };
  }

  /** A tensor in this form. */
  public EncodedTensor encoded(TensorValue value) {
    return EncodedTensor.of(value, form, lossless);
  }
}
