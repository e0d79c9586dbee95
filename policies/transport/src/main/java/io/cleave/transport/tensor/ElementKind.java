package io.cleave.transport.tensor;

/** What a tensor's elements are; the kinds that cross between machines. */
public enum ElementKind {
  /** IEEE single precision. */
  FLOAT32(4),
  INT64(8),
  INT32(4),
  /** One byte each, 0 or 1. */
  BOOL(1),
  UINT8(1);

  private final int bytes;

  ElementKind(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that one element takes in memory. */
  public int bytes() {
    return bytes;
  }
}
