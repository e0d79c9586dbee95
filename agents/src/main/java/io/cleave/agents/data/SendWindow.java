package io.cleave.agents.data;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many bytes may be under way and not yet acknowledged: as many as keep the link busy and wait
 * in its buffers for at most 0.1 s, wherever these are - in this machine, a router, the server. So
 * a cancelled upload leaves next to nothing behind it that would hold up what follows.
 *
 * <p>An acknowledgement tells the rate of the link (bytes that arrived since the acknowledged ones
 * were sent, by the time since) and how long they waited. The window is rate times (shortest wait
 * in this call + 0.1 s); it shrinks only on evidence of a queue, a wait longer than that.
 *
 * <p><b>Source:</b> the rate sample is that of BBR (Cardwell et al., ACM Queue 2016); the bound on
 * the delay is LEDBAT's idea (RFC 6817). <b>Differs:</b> 1. no pacing and no gain cycle: TCP below
 * does the congestion control, this only keeps its buffers short.
 *
 * <p>Owned by one thread at a time.
 */
final class SendWindow {
  static final long LEAST_BYTES = 32 << 10;
  static final long FIRST_BYTES = 64 << 10;
  static final long MOST_BYTES = 4 << 20;
  private static final double QUEUE_SECONDS = 0.1;

  /** So many make a window: progress is seen every 10 ms or so, over a link of any rate. */
  private static final long CHUNKS = 16;

  private static final long LEAST_CHUNK = 2 << 10;

  private record Mark(long untilBytes, long acknowledgedBytes, long nanos) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private double windowBytes;
  private double shortestSeconds = Double.POSITIVE_INFINITY;
  private long sentBytes;
  private long acknowledgedBytes;

  /** Begins with what an earlier call of the same link found. */
  SendWindow(double windowBytes) {
    this.windowBytes = windowBytes;
  }

  double windowBytes() {
    return windowBytes;
  }

  /** Whether more may be sent now. */
  boolean open() {
    return sentBytes - acknowledgedBytes < windowBytes;
  }

  /** How many bytes to send at once; few at first, so that a round trip is seen as such. */
  int chunkBytes() {
    return (int) (sentBytes == 0 ? LEAST_CHUNK : Math.max(LEAST_CHUNK, windowBytes / CHUNKS));
  }

  long sentBytes() {
    return sentBytes;
  }

  long acknowledgedBytes() {
    return acknowledgedBytes;
  }

  /** The shortest time from sending to acknowledgement; infinite while there was none. */
  double shortestSeconds() {
    return shortestSeconds;
  }

  void sent(int bytes, long nowNanos) {
    sentBytes += bytes;
    marks.add(new Mark(sentBytes, acknowledgedBytes, nowNanos));
  }

  /**
   * So many bytes have arrived, all in all.
   *
   * @return false if that cannot be
   */
  boolean acknowledged(long bytes, long nowNanos) {
    if (bytes <= acknowledgedBytes || bytes > sentBytes) {
      return bytes == acknowledgedBytes;
    }
    acknowledgedBytes = bytes;
    Mark last = marks.element();
    while (!marks.isEmpty() && marks.element().untilBytes() <= bytes) {
      last = marks.remove();
    }
    if (last.untilBytes() <= bytes) {
      learn(bytes - last.acknowledgedBytes(), (nowNanos - last.nanos()) * 1e-9);
    }
    return true;
  }

  private void learn(long bytes, double seconds) {
    double waited = Math.max(seconds, 1e-6);
    shortestSeconds = Math.min(shortestSeconds, waited);
    double fitting = bytes / waited * (shortestSeconds + QUEUE_SECONDS);
    boolean queued = waited > shortestSeconds + QUEUE_SECONDS;
    double wanted = queued ? fitting : Math.max(windowBytes, fitting);
    windowBytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, wanted));
  }
}
