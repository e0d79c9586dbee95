package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowTest {
  private static final double NANOS = 1e9;

  /**
   * A link with a rate, a delay each way and a buffer without bound, and a sender that has more.
   */
  private static final class SimulatedLink {
    private record Arrival(long receivedBytes, double seconds) {}

    private final double bytesPerSecond;
    private final double delaySeconds;
    private double now;
    private double freeAt;
    private double longestQueue;

    SimulatedLink(double bitsPerSecond, double rttSeconds) {
      this.bytesPerSecond = bitsPerSecond / 8;
      this.delaySeconds = rttSeconds / 2;
    }

    /** Seconds that an upload takes until all of it is acknowledged. */
    double upload(SendWindow window, long totalBytes) {
      double start = now;
      Deque<Arrival> acknowledgements = new ArrayDeque<>();
      Acknowledgements receiver = new Acknowledgements(totalBytes, nanos(now));
      while (window.acknowledgedBytes() < totalBytes) {
        while (window.open() && window.sentBytes() < totalBytes) {
          int size = (int) Math.min(window.chunkBytes(), totalBytes - window.sentBytes());
          window.sent(size, nanos(now));
          freeAt = Math.max(freeAt, now) + size / bytesPerSecond;
          longestQueue = Math.max(longestQueue, freeAt - now);
          double arrival = freeAt + delaySeconds;
          if (receiver.due(window.sentBytes(), nanos(arrival))) {
            acknowledgements.add(new Arrival(window.sentBytes(), arrival + delaySeconds));
          }
        }
        // Never empty: what is not acknowledged is less than the least window.
        Arrival next = acknowledgements.remove();
        now = next.seconds();
        assertThat(window.acknowledged(next.receivedBytes(), nanos(now))).isTrue();
      }
      return now - start;
    }

    private static long nanos(double seconds) {
      return (long) (seconds * NANOS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, 20",
    "200, 2",
    "50, 20",
    "20, 60",
    "5, 20",
    "5, 200",
    "1, 50",
    "0.3, 100",
    "1000, 5"
  })
  void keepsALinkBusyAndItsQueueShort(double mbps, double rttMillis) {
    double bytesPerSecond = mbps * 1e6 / 8;
    SimulatedLink link = new SimulatedLink(mbps * 1e6, rttMillis / 1e3);
    long bytes = (long) Math.max(200_000, 4 * bytesPerSecond);
    SendWindow window = new SendWindow(SendWindow.FIRST_BYTES);
    double seconds = link.upload(window, bytes);
    // Four seconds of the link; at first a few round trips until the window is found.
    assertThat(seconds).isLessThan(bytes / bytesPerSecond * 1.03 + 6 * rttMillis / 1e3);
    double first = SendWindow.FIRST_BYTES / bytesPerSecond;
    double least = SendWindow.LEAST_BYTES / bytesPerSecond;
    // What the link needs to be busy, and 0.1 s; unless the smallest windows are more than that.
    assertThat(link.longestQueue)
        .isLessThan(Math.max(first, least) + rttMillis / 1e3 + 0.1 + 61440 / bytesPerSecond);
  }

  @Test
  void beginsWithWhatTheCallBeforeFound() {
    SimulatedLink link = new SimulatedLink(200e6, 0.02);
    SendWindow first = new SendWindow(SendWindow.FIRST_BYTES);
    link.upload(first, 5_000_000);
    // 1 MB at 200 Mbit/s takes 40 ms and a round trip; from the first window it takes two more.
    double seconds = link.upload(new SendWindow(first.windowBytes()), 1_000_000);
    assertThat(seconds).isLessThan(0.0605);
    assertThat(link.upload(new SendWindow(SendWindow.FIRST_BYTES), 1_000_000)).isGreaterThan(0.075);
  }

  @Test
  void shrinksWhenTheLinkBecameSlow() {
    SimulatedLink slow = new SimulatedLink(5e6, 0.02);
    // From a link of 50 Mbit/s: 750 kB, which this one takes 1.2 s for.
    SendWindow window = new SendWindow(750_000);
    slow.upload(window, 2_000_000);
    assertThat(window.windowBytes()).isLessThan(5e6 / 8 * 0.15);
  }

  @Test
  void sendsSmallChunksOverSlowLinksAndLargeOnesOverFast() {
    assertThat(secondChunk(SendWindow.LEAST_BYTES)).isEqualTo(2048);
    assertThat(secondChunk(SendWindow.FIRST_BYTES)).isEqualTo(4096);
    assertThat(secondChunk(SendWindow.MOST_BYTES)).isEqualTo(256 << 10);
  }

  private static int secondChunk(long windowBytes) {
    SendWindow window = new SendWindow(windowBytes);
    assertThat(window.chunkBytes()).isEqualTo(2048); // the first is small always
    window.sent(2048, 0);
    return window.chunkBytes();
  }

  @Test
  void believesNoAcknowledgementOfWhatWasNotSent() {
    SendWindow window = new SendWindow(SendWindow.FIRST_BYTES);
    window.sent(1000, 0);
    assertThat(window.acknowledged(1001, 1)).isFalse();
    assertThat(window.acknowledged(600, 1)).isTrue();
    assertThat(window.acknowledged(500, 2)).isFalse();
    assertThat(window.acknowledgedBytes()).isEqualTo(600);
  }
}
