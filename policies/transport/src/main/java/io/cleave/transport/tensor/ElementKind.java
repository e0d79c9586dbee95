package io.cleave.transport.tensor;

/** The types of elements that cross between machines, and the bytes that one takes. */
public enum ElementKind {
  FLOAT32(4),
  INT64(8),
  INT32(4),
  BOOL(1),
  UINT8(1);

  private final int bytes;

  ElementKind(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }
}
