package io.cleave.testbed.bench;

import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import io.cleave.traces.Capacity;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream through the longest outage of a recording: three seconds before it to six after. */
public final class OutageBench {
  private static final double BEFORE_SECONDS = 3;
  private static final double AFTER_SECONDS = 6;
  private static final double GRACE_SECONDS = 0.02;
  private static final double WINDOW_SECONDS = 0.5;
  private static final int PORTION_BYTES = 512;

  private final Trace trace;
  private final double fromSeconds;
  private final double toSeconds;
  private final List<Arrival> arrivals = new ArrayList<>();

  private OutageBench(Trace trace, double fromSeconds, double toSeconds) {
    this.trace = trace;
    this.fromSeconds = fromSeconds;
    this.toSeconds = toSeconds;
  }

  private record Arrival(long nanos, int bytes) {}

  /**
   * What came of the stream.
   *
   * @param outageSeconds how long the recording carried less than 0.1 Mbit/s
   * @param bytesDuring that crossed in it, but for its first {@value #GRACE_SECONDS} s
   * @param carriedDuring that the recording carries meanwhile
   * @param bytesAfter that crossed in the {@value #AFTER_SECONDS} s after it
   * @param carriedAfter that the recording carries meanwhile
   * @param aheadBytes the most that had crossed, at any moment after the outage, beyond what the
   *     recording had carried since its end
   * @param burst the most of any half second after it, one portion apart, over what the recording
   *     carries then
   * @param survived the connection still carried bytes at the end
   */
  public record Result(
      double outageSeconds,
      double bytesDuring,
      double carriedDuring,
      double bytesAfter,
      double carriedAfter,
      double aheadBytes,
      double burst,
      boolean survived) {}

  /** The longest outage of a recording's uplink, if it has one. */
  public static Optional<OutageBench> of(Trace trace) {
    Capacity up = trace.up();
    double longest = 0;
    double end = 0;
    double start = 0;
    for (int step = 0; step < up.steps(); step++) {
      if (up.bitsPerSecond(step) >= TraceSummary.OUTAGE_MBPS * 1e6) {
        start = up.startSeconds(step + 1);
      } else if (up.startSeconds(step + 1) - start > longest) {
        longest = up.startSeconds(step + 1) - start;
        end = up.startSeconds(step + 1);
      }
    }
    return longest == 0
        ? Optional.empty()
        : Optional.of(new OutageBench(trace, end - longest, end));
  }

  /** Streams as fast as the link takes it; takes as long as the outage and nine seconds. */
  public Result run() throws IOException, InterruptedException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket listener = new ServerSocket(0, 1, here);
        Link link = Link.open(trace, QueueBound.standard());
        Socket near =
            new Socket(here, link.route("127.0.0.1", listener.getLocalPort()).localPort());
        Socket far = listener.accept()) {
      near.setSendBufferSize(16 * 1024);
      Thread sender = new Thread(() -> stream(near), "bench-sender");
      sender.setDaemon(true);
      long begin = LinkBench.begin(link, fromSeconds - BEFORE_SECONDS);
      sender.start();
      double delay = trace.roundTrip().at(0) / 2;
      InputStream in = far.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      double now;
      do {
        int bytes = in.read(buffer);
        if (bytes < 0) {
          return result(begin + Math.round(delay * 1e9), false);
        }
        arrivals.add(new Arrival(System.nanoTime(), bytes));
        now = (System.nanoTime() - begin) * 1e-9 - delay;
      } while (now < toSeconds + AFTER_SECONDS);
      return result(begin + Math.round(delay * 1e9), in.read(buffer) > 0);
    }
  }

  private static void stream(Socket socket) {
    byte[] block = new byte[4_096];
    try {
      while (true) {
        socket.getOutputStream().write(block);
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // closed: the measurement is over
    }
  }

  private Result result(long zero, boolean survived) {
    double end = toSeconds + AFTER_SECONDS;
    double ahead = Double.NEGATIVE_INFINITY;
    double burst = 0;
    for (Arrival arrival : arrivals) {
      double crossed = (arrival.nanos() - zero) * 1e-9;
      if (crossed > toSeconds && crossed <= end) {
        ahead = Math.max(ahead, crossed(zero, toSeconds, crossed) - carried(toSeconds, crossed));
        if (crossed + WINDOW_SECONDS <= end) {
          double until = crossed + WINDOW_SECONDS;
          burst =
              Math.max(
                  burst, (crossed(zero, crossed, until) - PORTION_BYTES) / carried(crossed, until));
        }
      }
    }
    return new Result(
        toSeconds - fromSeconds,
        crossed(zero, fromSeconds + GRACE_SECONDS, toSeconds),
        carried(fromSeconds + GRACE_SECONDS, toSeconds),
        crossed(zero, toSeconds, end),
        carried(toSeconds, end),
        ahead,
        burst,
        survived);
  }

  /** Bytes that crossed after one moment of the recording and up to another. */
  private double crossed(long zero, double from, double to) {
    return arrivals.stream()
        .filter(arrival -> (arrival.nanos() - zero) * 1e-9 > from)
        .filter(arrival -> (arrival.nanos() - zero) * 1e-9 <= to)
        .mapToDouble(Arrival::bytes)
        .sum();
  }

  private double carried(double from, double to) {
    return (trace.up().bitsUntil(to) - trace.up().bitsUntil(from)) / 8;
  }
}
