package io.cleave.testbed.link;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;

/** What programs at the near end of a link do, and the links of tests. */
final class NearEnd {
  private NearEnd() {}

  static void send(Socket socket, int size) {
    try {
      socket.getOutputStream().write(new byte[size]);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Socket connect(Route route) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), route.localPort());
  }

  static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Capacity constant(double bitsPerSecond) {
    return new Capacity(new double[] {0, 1}, new double[] {bitsPerSecond});
  }

  static Trace trace(Capacity capacity, double roundTrip) {
    return trace("test", capacity, roundTrip);
  }

  static Trace trace(String name, Capacity capacity, double roundTrip) {
    return new Trace(name, "made up", capacity, capacity, RoundTrip.constant(roundTrip));
  }
}
