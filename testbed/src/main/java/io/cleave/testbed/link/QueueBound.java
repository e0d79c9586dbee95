package io.cleave.testbed.link;

/**
 * How much may wait before one direction of a link: so many bytes, or what the recording carries in
 * the next while, whichever is more. The bytes keep a slow link busy, the time a fast one. Since
 * the recording is known, the line is short already when the rate falls, and never holds seconds of
 * data that somebody may no longer want.
 *
 * @param bytes at least 1
 * @param seconds at least 0
 */
public record QueueBound(int bytes, double seconds) {
  public QueueBound {
    if (bytes < 1 || !(seconds >= 0 && seconds <= 60)) {
      throw new IllegalArgumentException(
          "A link's queue holds at least 1 byte and 0 to 60 s, not %d bytes and %s s."
              .formatted(bytes, seconds));
    }
  }

  /** 16 KiB, or 50 ms. */
  public static QueueBound standard() {
    return new QueueBound(16 * 1024, 0.05);
  }

  /**
   * Bytes that may wait.
   *
   * @param carried bytes that the recording carries in the next {@link #seconds}
   */
  int bytes(double carried) {
    return (int) Math.max(bytes, Math.min(Integer.MAX_VALUE, carried));
  }
}
