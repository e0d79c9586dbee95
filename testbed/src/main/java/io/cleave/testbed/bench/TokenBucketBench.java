package io.cleave.testbed.bench;

import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The link emulator beside the kernel's token bucket: tensors one after the other to a process that
 * answers when each is there, by turns through the one and the other. Neither adds a delay.
 */
public final class TokenBucketBench {
  private static final int SETTLING_TENSORS = 1;

  private TokenBucketBench() {}

  /** Why it cannot be measured here; empty if it can. */
  public static Optional<String> missing() {
    return TokenBucket.missing();
  }

  /**
   * Measures one rate.
   *
   * @param tensors of a megabyte, through each
   * @param emulator takes, for each tensor, the time that the rate gives over the time it took
   * @param filter the same through the token bucket
   */
  public static void run(double bitsPerSecond, int tensors, Spread emulator, Spread filter)
      throws IOException {
    try (TokenBucket bucket = TokenBucket.open()) {
      bucket.limit(bitsPerSecond);
      Capacity way = new Capacity(new double[] {0, 1}, new double[] {bitsPerSecond});
      Trace trace = new Trace("constant", "made up", way, way, RoundTrip.constant(0));
      Process beside = bucket.sink(false);
      Process inside = bucket.sink(true);
      try (Link link = Link.open(trace, QueueBound.standard());
          Socket relayed =
              new Socket(
                  InetAddress.getLoopbackAddress(),
                  link.route("127.0.0.1", port(beside)).localPort());
          Socket filtered = new Socket(TokenBucket.FAR_HOST, port(inside))) {
        link.begin();
        for (int i = -SETTLING_TENSORS; i < tensors; i++) {
          double relayedSeconds = seconds(relayed);
          double filteredSeconds = seconds(filtered);
          if (i >= 0) {
            emulator.add(8.0 * LinkBench.TENSOR_BYTES / bitsPerSecond / relayedSeconds);
            filter.add(8.0 * LinkBench.TENSOR_BYTES / bitsPerSecond / filteredSeconds);
          }
        }
      } finally {
        beside.destroy();
        inside.destroy();
      }
    }
  }

  private static int port(Process sink) throws IOException {
    return Integer.parseInt(sink.inputReader().readLine());
  }

  private static double seconds(Socket socket) throws IOException {
    byte[] message = new byte[LinkBench.TENSOR_BYTES];
    ByteBuffer.wrap(message).putInt(LinkBench.TENSOR_BYTES - 4);
    long start = System.nanoTime();
    socket.getOutputStream().write(message);
    if (socket.getInputStream().read() != 1) {
      throw new IOException("The far end has gone.");
    }
    return (System.nanoTime() - start) * 1e-9;
  }
}
