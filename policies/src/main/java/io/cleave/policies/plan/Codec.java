package io.cleave.policies.plan;

/** In which form tensors cross between machines. */
public enum Codec {
  /** As they are: four bytes a value, no work. */
  FP32(1.0, 0),
  /** Half precision: two bytes a value, one pass over memory at each end. */
  FP16(0.5, 1e-9),
  /** Eight bits, one scale a tensor: a byte a value, and two passes where it is encoded. */
  INT8(0.25, 1.5e-9);

  private final double sizeFactor;
  private final double secondsPerByte;

  Codec(double sizeFactor, double secondsPerByte) {
    this.sizeFactor = sizeFactor;
    this.secondsPerByte = secondsPerByte;
  }

  /** Bytes on the wire for each byte of fp32 tensor. */
  public double sizeFactor() {
    return sizeFactor;
  }

  /** Seconds of encoding and decoding together for bits on the wire. */
  public double seconds(double wireBits) {
    return wireBits / 8 / sizeFactor * secondsPerByte;
  }
}
