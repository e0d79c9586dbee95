package io.cleave.agents.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * A link that can be held: TCP between a device and a server, of which a test lets through so many
 * bytes each way and no more. Cutting it looks like a killed server to both.
 */
final class Relay implements AutoCloseable {
  private static final int OPEN = Integer.MAX_VALUE / 2;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final ExecutorService threads = Executors.newCachedThreadPool(Relay::daemon);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Semaphore up;
  private final Semaphore down;
  private final LongAdder upBytes = new LongAdder();
  private final LongAdder downBytes = new LongAdder();

  private Relay(InetSocketAddress target, int upBytes, int downBytes) throws IOException {
    this.target = target;
    this.up = new Semaphore(upBytes);
    this.down = new Semaphore(downBytes);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    // Small buffers, so that what is held is held at the sender.
    listener.setReceiveBufferSize(16 << 10);
    threads.execute(this::accept);
  }

  /** Lets everything through. */
  static Relay open(InetSocketAddress target) {
    return holding(target, OPEN, OPEN);
  }

  static Relay holdingUp(InetSocketAddress target, int upBytes) {
    return holding(target, upBytes, OPEN);
  }

  static Relay holdingDown(InetSocketAddress target, int downBytes) {
    return holding(target, OPEN, downBytes);
  }

  private static Relay holding(InetSocketAddress target, int upBytes, int downBytes) {
    try {
      return new Relay(target, upBytes, downBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  long upBytes() {
    return upBytes.sum();
  }

  long downBytes() {
    return downBytes.sum();
  }

  void release() {
    up.release(OPEN);
    down.release(OPEN);
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket();
        far.setReceiveBufferSize(16 << 10);
        far.connect(target);
        sockets.add(near);
        sockets.add(far);
        threads.execute(() -> copy(near, far, up, upBytes));
        threads.execute(() -> copy(far, near, down, downBytes));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private static void copy(Socket from, Socket to, Semaphore allowance, LongAdder count) {
    byte[] buffer = new byte[1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        allowance.acquire(size);
        count.add(size);
        out.write(buffer, 0, size);
      }
    } catch (IOException closed) {
      // as the other end, or the test, wants it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Breaks all connections at once, with a reset. */
  void cut() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException closed) {
        // by the other side's thread in this moment
      }
    }
    sockets.clear();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
    threads.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    return thread;
  }
}
