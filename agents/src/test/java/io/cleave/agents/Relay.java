package io.cleave.agents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A link of the loopback whose rate can be set, and which can be cut: then all its connections
 * break and no new ones come about.
 */
final class Relay implements AutoCloseable {
  private static final int PIECE_BYTES = 512;
  private static final int BUFFER_BYTES = 8 << 10;
  private static final int LONGEST_NAP_NANOS = 10_000_000;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int port;
  private ServerSocket entrance;
  private volatile int target;
  private volatile double bitsPerSecond = Double.POSITIVE_INFINITY;

  Relay(int target) {
    this.target = target;
    this.entrance = listen(0);
    this.port = entrance.getLocalPort();
  }

  int port() {
    return port;
  }

  /** In each direction; 0 is an outage. */
  void rate(double newBitsPerSecond) {
    bitsPerSecond = newBitsPerSecond;
  }

  void cut() {
    close(entrance);
    sockets.forEach(Relay::close);
  }

  /** The way is open again, perhaps to somebody else. */
  void mend(int newTarget) {
    target = newTarget;
    entrance = listen(port);
  }

  private ServerSocket listen(int at) {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.setReceiveBufferSize(BUFFER_BYTES);
      listening.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      start(() -> accept(listening));
      return listening;
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket device = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        for (Socket end : new Socket[] {device, server}) {
          end.setTcpNoDelay(true);
          end.setSendBufferSize(BUFFER_BYTES);
          sockets.add(end);
        }
        start(() -> pump(device, server));
        start(() -> pump(server, device));
      }
    } catch (IOException closed) {
      close(listening);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      double due = System.nanoTime();
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        due = await(Math.max(due, System.nanoTime() - 1e6), length);
        out.write(piece, 0, length);
      }
    } catch (IOException broken) {
      // the other side is told by closing
    }
    close(from);
    close(to);
  }

  /** Until so many bytes have crossed at the rate, which may change meanwhile. */
  private double await(double since, int bytes) {
    double bits = 8.0 * bytes;
    double at = since;
    while (bits > 0) {
      double rate = bitsPerSecond;
      double nanos = rate > 0 ? bits / rate * 1e9 : Double.POSITIVE_INFINITY;
      double step = Math.min(nanos, LONGEST_NAP_NANOS);
      while (System.nanoTime() < at + step) {
        LockSupport.parkNanos((long) Math.max(1, at + step - System.nanoTime()));
      }
      at += step;
      bits = nanos <= LONGEST_NAP_NANOS ? 0 : bits - rate * step / 1e9;
    }
    return at;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable end) {
    try {
      end.close();
    } catch (Exception already) {
      // it was closed before
    }
  }

  @Override
  public void close() {
    cut();
  }
}
