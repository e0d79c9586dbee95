package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorLimits;
import java.time.Duration;

/**
 * What a server takes, so that no caller can make it run out of memory, threads or patience.
 *
 * @param tensors of one call
 * @param bytesUnderWay of all calls together: tensors that arrive, run or leave
 * @param calls open at once
 * @param silence after which an upload without progress is given up
 * @param longestCall after which any call is given up, deadline or not
 * @param keep how long an answer is kept for a call that is repeated
 * @param keptBytes of such answers together
 */
public record DataLimits(
    TensorLimits tensors,
    long bytesUnderWay,
    int calls,
    Duration silence,
    Duration longestCall,
    Duration keep,
    long keptBytes) {
  /** The largest message: some of a tensor's bytes, or the heads of a call's tensors. */
  static final int MESSAGE_BYTES = 512 << 10;

  private static final long LARGEST_SHARE = 1L << 30;

  public DataLimits {
    if (bytesUnderWay < 1 || calls < 1 || keptBytes < 0) {
      throw new IllegalArgumentException(
          "At least 1 byte, 1 call and 0 bytes kept must be allowed, not %d, %d, %d."
              .formatted(bytesUnderWay, calls, keptBytes));
    }
    if (silence.isNegative() || longestCall.isNegative() || keep.isNegative()) {
      throw new IllegalArgumentException(
          "Times must be at least 0, not %s, %s, %s.".formatted(silence, longestCall, keep));
    }
  }

  /** Half of the process' memory, at most 1 GiB; 64 calls; 30 s of silence; 10 min a call. */
  public static DataLimits standard() {
    return new DataLimits(
        TensorLimits.DEFAULT,
        Math.min(LARGEST_SHARE, Runtime.getRuntime().maxMemory() / 2),
        64,
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        64L << 20);
  }
}
