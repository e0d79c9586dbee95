package io.cleave.testbed.bench;

import java.util.Arrays;

/**
 * Latencies of one measurement, in nanoseconds; filled by several threads, read when it is over.
 */
final class LatencySample {
  private long[] nanos = new long[1 << 16];
  private int size;

  synchronized void add(long latencyNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = latencyNanos;
  }

  synchronized void clear() {
    size = 0;
  }

  synchronized int size() {
    return size;
  }

  /** The latency that this share of all stays within, in milliseconds; NaN if there are none. */
  synchronized double percentileMillis(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    Arrays.sort(nanos, 0, size);
    return nanos[Math.min(size - 1, (int) Math.ceil(share * size) - 1)] * 1e-6;
  }
}
