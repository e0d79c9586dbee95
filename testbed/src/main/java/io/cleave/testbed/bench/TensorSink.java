package io.cleave.testbed.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * A program that takes messages, each after its length in four bytes, and answers one byte when one
 * is there whole. It prints its port, serves one connection, and ends with it.
 */
public final class TensorSink {
  private TensorSink() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket listener = new ServerSocket(0)) {
      System.out.println(listener.getLocalPort());
      try (Socket socket = listener.accept()) {
        socket.setTcpNoDelay(true);
        serve(socket);
      } catch (SocketException e) {
        System.err.println("The connection is over: " + e.getMessage());
      }
    }
  }

  private static void serve(Socket socket) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    InputStream in = socket.getInputStream();
    for (byte[] length = in.readNBytes(4); length.length == 4; length = in.readNBytes(4)) {
      int left = ByteBuffer.wrap(length).getInt();
      while (left > 0) {
        int bytes = in.readNBytes(buffer, 0, Math.min(left, buffer.length));
        if (bytes == 0) {
          return; // ended within a message
        }
        left -= bytes;
      }
      socket.getOutputStream().write(1);
    }
  }
}
