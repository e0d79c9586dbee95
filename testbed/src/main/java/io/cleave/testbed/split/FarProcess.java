package io.cleave.testbed.split;

import io.cleave.policies.learning.NetworkHalf;
import io.cleave.policies.learning.Signal;
import io.cleave.testbed.exits.ExitNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The far half of a network, in a process of its own; ends when the near side hangs up. */
public final class FarProcess {
  /** Said with the port when it listens. */
  static final String READY = "listening on port ";

  private static final int PATIENCE_MILLIS = 60_000;

  private final NetworkHalf half;
  private final SignalStream stream;

  private FarProcess(NetworkHalf half, SignalStream stream) {
    this.half = half;
    this.stream = stream;
  }

  /**
   * Serves one near side.
   *
   * @param arguments network, cut, seed
   */
  public static void main(String[] arguments) throws IOException {
    SplitNetwork split =
        new SplitNetwork(
            ExitNetwork.valueOf(arguments[0]), arguments[1], Long.parseLong(arguments[2]));
    try (NetworkHalf half = new NetworkHalf(split.trunk(), split.far(), split.seed());
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout(PATIENCE_MILLIS);
      System.out.println(READY + door.getLocalPort());
      try (Socket socket = door.accept()) {
        new FarProcess(half, new SignalStream(socket)).serve();
      }
    }
  }

  private void serve() throws IOException {
    int order = stream.in().read();
    while (order >= 0) {
      obey(order);
      stream.out().flush();
      order = stream.in().read();
    }
  }

  private void obey(int order) throws IOException {
    if (order == Order.TURN.code) {
      turn();
    } else if (order == Order.DESCEND.code) {
      half.descend(stream.in().readDouble());
      stream.out().write(order);
    } else if (order == Order.TELL.code) {
      stream.write(flat(half.slopes()));
      stream.write(flat(half.weights()));
    } else {
      throw new IOException("There is no order %d.".formatted(order));
    }
  }

  private void turn() throws IOException {
    Map<String, Signal> given = stream.read();
    long[] labels = new long[stream.in().readInt()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = stream.in().readUnsignedByte();
    }
    List<String> sloped = new ArrayList<>(given.keySet());
    sloped.remove(SplitNetwork.IMAGES); // no weight is before them
    NetworkHalf.Turn turn = half.turn(given, labels, sloped);
    stream.out().writeDouble(turn.loss());
    stream.write(turn.slopes());
  }

  private static Map<String, Signal> flat(Map<String, float[]> weights) {
    Map<String, Signal> signals = new LinkedHashMap<>();
    weights.forEach(
        (name, figures) -> signals.put(name, new Signal(new long[] {figures.length}, figures)));
    return signals;
  }
}
