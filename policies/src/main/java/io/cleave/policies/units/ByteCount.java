package io.cleave.policies.units;

/**
 * An amount of memory or payload.
 *
 * @param bytes at least 0
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "A byte count must be at least 0, not %d.".formatted(bytes));
    }
  }

  public double bits() {
    return bytes * 8.0;
  }

  public ByteCount plus(ByteCount other) {
    return new ByteCount(Math.addExact(bytes, other.bytes));
  }

  @Override
  public int compareTo(ByteCount other) {
    return Long.compare(bytes, other.bytes);
  }
}
