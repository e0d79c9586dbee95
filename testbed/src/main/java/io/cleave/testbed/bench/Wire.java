package io.cleave.testbed.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntUnaryOperator;

/**
 * A connection of this process with itself over any way, whose far end says when each message was
 * there whole. Both ends read one clock, so that a message's way can be timed in one direction.
 */
final class Wire implements AutoCloseable {
  private static final int HEADER_BYTES = 4;

  private final ServerSocket listener;
  private final Socket near;
  private final Socket far;
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

  private Wire(IntUnaryOperator way) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    this.listener = new ServerSocket(0, 1, here);
    this.near = new Socket(here, way.applyAsInt(listener.getLocalPort()));
    this.far = listener.accept();
    near.setTcpNoDelay(true);
    Thread receiver = new Thread(this::receive, "bench-receiver");
    receiver.setDaemon(true);
    receiver.start();
  }

  /** No emulator: what this machine does by itself. */
  static Wire direct() throws IOException {
    return new Wire(port -> port);
  }

  /**
   * A connection over something that listens elsewhere.
   *
   * @param way from the port of the far end to the one to connect to
   */
  static Wire over(IntUnaryOperator way) throws IOException {
    return new Wire(way);
  }

  /** When a message was handed over, and when its last byte was read, on nanoTime's clock. */
  record Passage(long startNanos, long endNanos) {
    double seconds() {
      return (endNanos - startNanos) * 1e-9;
    }
  }

  /**
   * Sends one message and waits for its arrival.
   *
   * @param bytes at least 4
   */
  Passage send(int bytes) throws IOException, InterruptedException {
    byte[] message = new byte[bytes];
    ByteBuffer.wrap(message).putInt(bytes);
    OutputStream out = near.getOutputStream();
    long start = System.nanoTime();
    out.write(message);
    return new Passage(start, arrivals.take());
  }

  private void receive() {
    byte[] buffer = new byte[64 * 1024];
    try {
      DataInputStream in = new DataInputStream(far.getInputStream());
      while (true) {
        int left = in.readInt() - HEADER_BYTES;
        while (left > 0) {
          left -= in.readNBytes(buffer, 0, Math.min(left, buffer.length));
        }
        arrivals.add(System.nanoTime());
      }
    } catch (IOException e) {
      arrivals.clear(); // closed: nobody waits any more
    }
  }

  @Override
  public void close() throws IOException {
    near.close();
    far.close();
    listener.close();
  }
}
