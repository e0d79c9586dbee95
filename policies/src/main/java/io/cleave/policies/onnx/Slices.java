package io.cleave.policies.onnx;

/** The arithmetic of the Slice operator along one axis. */
final class Slices {
  private Slices() {}

  /** First element taken; ends before 0 count from the back, and everything is clamped. */
  static long first(long start, long step, long size) {
    long from = start < 0 ? start + size : start;
    return step > 0 ? clamp(from, 0, size) : clamp(from, 0, size - 1);
  }

  /** Number of elements taken. */
  static long count(long start, long end, long step, long size) {
    long until = end < 0 && end > -(1L << 40) ? end + size : end;
    until = step > 0 ? clamp(until, 0, size) : clamp(until, -1, size - 1);
    long span = until - first(start, step, size);
    return Math.max(0, step > 0 ? (span + step - 1) / step : (-span - step - 1) / -step);
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }
}
