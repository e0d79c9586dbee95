package io.cleave.testbed.split;

import io.cleave.policies.learning.NetworkHalf;
import io.cleave.policies.learning.Signal;
import io.cleave.testbed.live.Launch;
import io.cleave.testbed.live.Program;
import io.cleave.testbed.live.Stop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The far half as the near side has it: a process behind a socket. */
final class FarSide implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Program program;
  private final Socket socket;
  private final SignalStream stream;

  private FarSide(Program program, Socket socket, SignalStream stream) {
    this.program = program;
    this.socket = socket;
    this.stream = stream;
  }

  /** Starts the process, on this machine, with this program's classes. */
  static FarSide start(SplitNetwork split, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-cp",
            System.getProperty("java.class.path"),
            FarProcess.class.getName(),
            split.network().name(),
            split.cut(),
            String.valueOf(split.seed()));
    Program program =
        Program.start(
            new Launch("far half", command, log), Pattern.compile(FarProcess.READY + "(\\d+)"));
    try (Stop never = new Stop()) {
      int port = Integer.parseInt(program.ready(PATIENCE, never).group(1));
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new FarSide(program, socket, new SignalStream(socket));
    } catch (IOException | RuntimeException error) {
      program.close();
      throw error;
    }
  }

  long pid() {
    return program.pid();
  }

  NetworkHalf.Turn turn(Map<String, Signal> crossing, long[] labels) throws IOException {
    stream.out().write(Order.TURN.code);
    stream.write(crossing);
    stream.out().writeInt(labels.length);
    for (long label : labels) {
      stream.out().write((int) label);
    }
    stream.out().flush();
    return new NetworkHalf.Turn(stream.in().readDouble(), stream.read());
  }

  void descend(double rate) throws IOException {
    stream.out().write(Order.DESCEND.code);
    stream.out().writeDouble(rate);
    stream.out().flush();
    stream.in().readByte();
  }

  /**
   * What the far half has after a step.
   *
   * @param slopes by weight
   * @param weights by name
   */
  record State(Map<String, float[]> slopes, Map<String, float[]> weights) {}

  State state() throws IOException {
    stream.out().write(Order.TELL.code);
    stream.out().flush();
    return new State(contents(stream.read()), contents(stream.read()));
  }

  private static Map<String, float[]> contents(Map<String, Signal> signals) {
    Map<String, float[]> contents = new LinkedHashMap<>();
    signals.forEach((name, signal) -> contents.put(name, signal.content()));
    return contents;
  }

  @Override
  public void close() throws IOException {
    socket.close(); // it ends by that; if not, it is ended
    program.close();
  }
}
