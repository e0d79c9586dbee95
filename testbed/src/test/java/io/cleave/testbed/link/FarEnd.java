package io.cleave.testbed.link;

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

/** A server at the far end of a link that treats each connection in the same way. */
final class FarEnd implements AutoCloseable {
  private final ServerSocket listener = listen();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Talk talk;

  /** What a server does with a connection; it is closed afterwards. */
  interface Talk {
    void with(Socket socket) throws IOException;
  }

  private FarEnd(Talk talk) {
    this.talk = talk;
    threads.execute(this::accept);
  }

  static FarEnd of(Talk talk) {
    return new FarEnd(talk);
  }

  /** Sends back what comes, each byte one higher, until the other side ends. */
  static FarEnd echo() {
    return new FarEnd(
        socket -> {
          InputStream in = socket.getInputStream();
          OutputStream out = socket.getOutputStream();
          byte[] buffer = new byte[10_000];
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
              buffer[i]++;
            }
            out.write(buffer, 0, n);
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> talk(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      talk.with(socket);
    } catch (IOException e) {
      sockets.remove(socket); // broken by the test
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
