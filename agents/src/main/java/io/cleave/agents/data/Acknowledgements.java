package io.cleave.agents.data;

/**
 * When to tell the sender how much has arrived: at once when the first bytes come, then at each 16
 * KiB or if 20 ms have passed, and at the end. So a fast link's acknowledgements are 0.2 % of what
 * they are for, a slow link's 50 a second, and less than 16 KiB stay untold while nothing comes.
 */
final class Acknowledgements {
  static final int STEP_BYTES = 16 << 10;
  static final long STEP_NANOS = 20_000_000;

  private final long totalBytes;
  private long toldBytes;
  private long toldNanos;

  Acknowledgements(long totalBytes, long nowNanos) {
    this.totalBytes = totalBytes;
    this.toldNanos = nowNanos - STEP_NANOS;
  }

  /** Whether it is time to tell, in which case it counts as told. */
  boolean due(long receivedBytes, long nowNanos) {
    long untold = receivedBytes - toldBytes;
    boolean due =
        untold > 0
            && (untold >= STEP_BYTES
                || nowNanos - toldNanos >= STEP_NANOS
                || receivedBytes >= totalBytes);
    if (due) {
      toldBytes = receivedBytes;
      toldNanos = nowNanos;
    }
    return due;
  }
}
