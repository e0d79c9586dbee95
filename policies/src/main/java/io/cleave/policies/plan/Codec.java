package io.cleave.policies.plan;

import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import java.util.List;

/**
 * In which form tensors cross between machines. What each does to a value, what it refuses, and how
 * its figures were measured: docs/codecs.md.
 *
 * <p>A size that depends on the values is stated as it was on the networks that are shipped. Where
 * it was {@link SizesFile measured} for a tensor of the network at hand, that holds instead.
 */
public enum Codec {
  /** As they are: four bytes a value, no work. */
  FP32(1.0, 0),
  /** Half precision: two bytes a value, one pass over memory at each end. */
  FP16(0.5, 1e-9),
  /** Eight bits, one scale a tensor: a byte a value, and two passes where it is encoded. */
  INT8(0.25, 0.75e-9),
  /** Eight bits, one scale a channel. */
  INT8_CHANNEL(0.25, 0.75e-9),
  /** Four bits between two bounds, beyond which values are clipped. */
  INT4(0.125, 0.97e-9),
  /** The same with runs of zeros by their length; depends on the values. */
  INT4_ZEROS(0.09, 2.05e-9),
  /** As they are, compressed by LZ4; depends on the values. */
  FP32_LZ4(0.57, 2.7e-9),
  /** Half precision, compressed by LZ4; depends on the values. */
  FP16_LZ4(0.33, 2.5e-9),
  /** Eight bits, compressed by LZ4; depends on the values. */
  INT8_LZ4(0.19, 1.65e-9),
  /** Pictures as JPEG, and what is none as it is; depends on the values. */
  JPEG(0.06, 3.7e-9, 0.15e-3);

  private final double sizeFactor;
  private final double secondsPerByte; // of fp32, encoding and decoding together
  private final double secondsBeside; // for each tensor, however small

  Codec(double sizeFactor, double secondsPerByte) {
    this(sizeFactor, secondsPerByte, 0);
  }

  Codec(double sizeFactor, double secondsPerByte, double secondsBeside) {
    this.sizeFactor = sizeFactor;
    this.secondsPerByte = secondsPerByte;
    this.secondsBeside = secondsBeside;
  }

  /** Bytes on the wire for each byte of fp32 tensor; where it depends on the values, assumed. */
  public double sizeFactor() {
    return sizeFactor;
  }

  /** The same of a tensor with these axes: 1 if the form is not for such. */
  public double sizeFactor(List<Long> dims) {
    return serves(dims) ? sizeFactor : 1;
  }

  /**
   * Whether the stated size and time hold for all tensors alike, pieces of them too; else for
   * pictures only.
   */
  public boolean servesAll() {
    return this != JPEG;
  }

  private boolean serves(List<Long> dims) {
    return servesAll() || TensorShape.picture(dims);
  }

  /** Bits of a whole tensor on the wire: as measured, else as assumed. */
  public double bits(Tensor tensor) {
    Tensor.Measured measured = tensor.measured().get(name());
    double factor = measured == null ? sizeFactor(tensor.shape().dims()) : measured.factor();
    return factor * tensor.size().bits();
  }

  /**
   * Share of the network's right answers that this form of a tensor was measured to cost, never
   * below 0; 0 where nothing was measured.
   */
  public double lost(Tensor tensor) {
    Tensor.Measured measured = tensor.measured().get(name());
    return measured == null ? 0 : Math.max(0, measured.lost());
  }

  /** Seconds of encoding and decoding a whole tensor together. */
  public double seconds(Tensor tensor) {
    return serves(tensor.shape().dims())
        ? secondsBeside + tensor.size().bits() / 8 * secondsPerByte
        : 0;
  }

  /**
   * Seconds of encoding and decoding together for so many bits on the wire, if their size is the
   * assumed one: of pieces of tensors, of which nothing is measured. As long as for a whole tensor
   * of that size, however many pieces, since codecs that {@link #servesAll serve all} take nothing
   * beside.
   */
  public double seconds(double wireBits) {
    return wireBits / 8 / sizeFactor * secondsPerByte;
  }
}
