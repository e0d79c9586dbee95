package io.cleave.transport.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before the broker, and breaks connections in the ways that networks do. */
final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Passage> passages = new CopyOnWriteArrayList<>();

  Relay(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The connections of now say nothing more to the client; those to come do. */
  void muteBroker() {
    passages.forEach(passage -> passage.muted = true);
  }

  /** The connections of now are gone, as when a process is killed. */
  void cut() {
    passages.forEach(Passage::close);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    cut();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Passage passage =
            new Passage(door.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
        passages.add(passage);
        threads.execute(() -> passage.carry(passage.client, passage.broker));
        threads.execute(() -> passage.carry(passage.broker, passage.client));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private static final class Passage {
    final Socket client;
    final Socket broker;
    volatile boolean muted;

    Passage(Socket client, Socket broker) {
      this.client = client;
      this.broker = broker;
    }

    void carry(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          if (!(muted && from == broker)) {
            out.write(buffer, 0, count);
          }
        }
      } catch (IOException gone) {
        muted = true;
      }
      close();
    }

    void close() {
      try (client;
          broker) {
        muted = true;
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }
}
