package io.cleave.testbed.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much each agent may keep ready of slices when several share one machine: each by itself would
 * keep what a machine of its own has room for, and together they would be killed.
 */
final class KeptSlices {
  /** An engine holds up to twice a slice's file; a third as much is left for all else. */
  private static final int PARTS = 3;

  private static final long LEAST_MEGABYTES = 64;
  private static final long MOST_MEGABYTES = 2048;

  private KeptSlices() {}

  /**
   * In 2^20 bytes of slices' files.
   *
   * @param agents on this machine, at least 1
   * @param heapMegabytes of each
   */
  static long megabytes(int agents, int heapMegabytes) {
    return megabytes(memory() >> 20, agents, heapMegabytes);
  }

  /** The same on a machine with so much memory. */
  static long megabytes(long memoryMegabytes, int agents, int heapMegabytes) {
    long each = (memoryMegabytes / agents - heapMegabytes) / PARTS;
    return Math.max(LEAST_MEGABYTES, Math.min(MOST_MEGABYTES, each));
  }

  private static long memory() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
