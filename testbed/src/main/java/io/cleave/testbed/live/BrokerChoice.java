package io.cleave.testbed.live;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.cleave.testbed.UserError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which MQTT broker the local world talks through. */
public sealed interface BrokerChoice {
  /** A full MQTT 5 broker of ours, in a process of its own. */
  record Embedded() implements BrokerChoice {}

  /** Mosquitto, if it is on the path. */
  record Mosquitto() implements BrokerChoice {}

  /** One that runs already. */
  record Running(String host, int port) implements BrokerChoice {}

  /**
   * Mosquitto beside a watch on our end of the standard input, since it has none itself: it ends
   * when it is told to, and when we are gone.
   */
  String WATCHED =
      "exec 3<&0; \"$0\" -c \"$1\" & broker=$!; trap 'kill $broker' TERM;"
          + " (cat <&3 >/dev/null; kill $broker 2>/dev/null) & wait $broker; wait $broker";

  /** {@code embedded}, {@code mosquitto}, or {@code host:port}. */
  static BrokerChoice parse(String text) {
    if (text.equals("embedded")) {
      return new Embedded();
    }
    if (text.equals("mosquitto")) {
      return new Mosquitto();
    }
    if (text.matches("[^:]+:[0-9]{1,5}")) {
      int colon = text.indexOf(':');
      return new Running(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
    throw new UserError(
        "A broker is embedded, mosquitto, or host:port of one that runs, not \"%s\"."
            .formatted(text));
  }

  /**
   * Looks whether it can be had.
   *
   * @throws UserError if not
   */
  default void check() {
    if (this instanceof Mosquitto) {
      onPath("mosquitto");
    } else if (this instanceof Running running) {
      existing(running);
    }
  }

  /**
   * Starts it, or looks whether it is there.
   *
   * @param logs folder of the log
   */
  default RunningBroker start(Path logs) {
    if (this instanceof Mosquitto) {
      return mosquitto(logs);
    }
    if (this instanceof Running running) {
      return existing(running);
    }
    BrokerProcess process = BrokerProcess.start(BrokerSettings.local());
    return new RunningBroker(
        "embedded broker", process.address(), process.port(), process::alive, process::close);
  }

  private static RunningBroker existing(Running running) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(running.host(), running.port()), 5_000);
    } catch (IOException e) {
      throw new UserError(
          "There is no broker at %s:%d: %s"
              .formatted(running.host(), running.port(), e.getMessage()));
    }
    return new RunningBroker("your broker", running.host(), running.port(), () -> true, () -> {});
  }

  private static RunningBroker mosquitto(Path logs) {
    Path program = onPath("mosquitto");
    try {
      int port = freePort();
      Path settings = Files.createDirectories(logs).resolve("mosquitto.conf");
      Files.writeString(
          settings,
          "listener %d 127.0.0.1%nallow_anonymous true%nset_tcp_nodelay true%n".formatted(port));
      Program process =
          Program.start(
              new Launch(
                  "mosquitto",
                  List.of("sh", "-c", WATCHED, program.toString(), settings.toString()),
                  logs.resolve("mosquitto.log")),
              Pattern.compile("running"));
      try {
        process.ready(Duration.ofSeconds(20), new Stop());
      } catch (ProgramFailed e) {
        process.close();
        throw e;
      }
      return new RunningBroker("mosquitto", "127.0.0.1", port, process::alive, process::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mosquitto cannot take any free port itself; between here and there another may take it. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "There is no %s on the path. Maybe install it, or leave out --broker: the embedded broker needs nothing."
                        .formatted(program)));
  }
}
