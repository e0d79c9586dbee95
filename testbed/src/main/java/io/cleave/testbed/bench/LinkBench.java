package io.cleave.testbed.bench;

import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * How close the link emulator comes to the recording it replays: when a tensor has arrived, and by
 * how much a small message is late, beside what this machine does at the same time without an
 * emulator.
 */
public final class LinkBench {
  /** A tensor of a megabyte. */
  public static final int TENSOR_BYTES = 1_000_000;

  private static final int MESSAGE_BYTES = 100;
  private static final double ROUND_TRIP_SECONDS = 0.04;
  private static final long GAP_NANOS = 7_300_000; // no multiple of what anybody rounds to

  private LinkBench() {}

  /** A link of one rate, 20 ms each way. */
  public static Trace constant(double bitsPerSecond) {
    Capacity way = new Capacity(new double[] {0, 1}, new double[] {bitsPerSecond});
    return new Trace("constant", "made up", way, way, RoundTrip.constant(ROUND_TRIP_SECONDS));
  }

  /**
   * Sends tensors one after the other.
   *
   * @param from where in the recording to begin, in seconds
   * @param seconds how long, at least one tensor
   * @param goodput takes, for each, the time that the recording gives over the time it took
   */
  public static void tensors(Trace trace, double from, double seconds, Spread goodput)
      throws IOException, InterruptedException {
    try (Link link = Link.open(trace, QueueBound.standard());
        Wire wire = Wire.over(port -> link.route("127.0.0.1", port).localPort())) {
      wire.send(MESSAGE_BYTES); // the connection is open at both ends
      long begin = begin(link, from);
      double end = from + seconds;
      double now;
      do {
        Wire.Passage passage = wire.send(TENSOR_BYTES);
        double start = (passage.startNanos() - begin) * 1e-9;
        double finish = trace.up().finish(start, 8.0 * TENSOR_BYTES);
        double delay = trace.roundTrip().at(finish % trace.periodSeconds()) / 2;
        goodput.add((finish + delay - start) / passage.seconds());
        now = start + passage.seconds();
      } while (now < end);
    }
  }

  /** Begins a recording somewhere in it; when it had its time 0, on nanoTime's clock. */
  static long begin(Link link, double from) {
    long nanos = Math.round(from * 1e9);
    Instant moment = Instant.now();
    long now = System.nanoTime();
    link.begin(moment.minusNanos(nanos));
    return now - nanos;
  }

  /**
   * Sends small messages over an idle link, by turns with messages that take no emulator.
   *
   * @param added takes the seconds that each was late beyond delay and rate
   * @param direct takes the seconds of each that went past the emulator
   */
  public static void messages(double bitsPerSecond, int count, Spread added, Spread direct)
      throws IOException, InterruptedException {
    Trace trace = constant(bitsPerSecond);
    try (Link link = Link.open(trace, QueueBound.standard());
        Wire wire = Wire.over(port -> link.route("127.0.0.1", port).localPort());
        Wire control = Wire.direct()) {
      wire.send(MESSAGE_BYTES);
      link.begin();
      double configured = ROUND_TRIP_SECONDS / 2 + 8.0 * MESSAGE_BYTES / bitsPerSecond;
      for (int i = 0; i < count; i++) {
        LockSupport.parkNanos(GAP_NANOS);
        direct.add(control.send(MESSAGE_BYTES).seconds());
        LockSupport.parkNanos(GAP_NANOS);
        added.add(wire.send(MESSAGE_BYTES).seconds() - configured);
      }
    }
  }

  /**
   * A thread that wants to sleep for two milliseconds, as the emulator's alarm does.
   *
   * @param late takes the seconds that it slept too long
   */
  public static void sleeps(int count, Spread late) {
    for (int i = 0; i < count; i++) {
      long until = System.nanoTime() + 2_000_000;
      for (long left = 2_000_000; left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      late.add((System.nanoTime() - until) * 1e-9);
    }
  }
}
