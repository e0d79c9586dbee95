package io.cleave.broker;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Mosquitto of this machine, kept in memory. */
final class Mosquitto implements BrokerKind {
  private static final String PROGRAM = "mosquitto";
  private static final long START_SECONDS = 30;
  private static final long LOOK_MILLIS = 20;

  /** Ends Mosquitto when standard input ends, which it does not do by itself; and ends with it. */
  private static final String WATCH =
      """
      exec 3<&0
      "$0" -c "$1" & broker=$!
      (cat <&3 >/dev/null; kill $broker) & watch=$!
      wait $broker; code=$?
      kill $watch
      exit $code
      """;

  /** Without set_tcp_nodelay every answer waits for the next one. */
  private static final String CONFIGURATION =
      """
      listener %d %s
      user %s
      allow_anonymous %b
      set_tcp_nodelay true
      max_inflight_messages 0
      max_queued_messages 100000
      persistence false
      log_dest stderr
      """;

  private final Path executable;

  private Mosquitto(Path executable) {
    this.executable = executable;
  }

  static Optional<Mosquitto> find() {
    return find(PROGRAM).map(Mosquitto::new);
  }

  /** On the path, or where Debian puts it. */
  private static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** It cannot say which port it took, so it is told. */
  @Override
  public BrokerSettings settle(BrokerSettings settings) throws IOException {
    if (settings.certificate().isPresent()) {
      throw new IllegalArgumentException(
          "Mosquitto takes no key store. Maybe start it yourself with certificates in PEM.");
    }
    if (settings.port() != 0) {
      return settings;
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(settings.address()))) {
      return settings.withPort(free.getLocalPort());
    }
  }

  @Override
  public void configure(BrokerSettings settings, Path folder) throws IOException {
    String configuration =
        CONFIGURATION.formatted(
            settings.port(),
            settings.address(),
            System.getProperty("user.name"),
            settings.accounts().isEmpty());
    if (!settings.accounts().isEmpty()) {
      configuration += "password_file " + passwords(settings, folder) + "\n";
    }
    if (settings.accessList().isPresent()) {
      Path copy = folder.resolve("acl");
      Files.copy(settings.accessList().get(), copy);
      configuration += "acl_file " + copy + "\n";
    }
    Files.writeString(folder.resolve("mosquitto.conf"), configuration);
  }

  @Override
  public List<String> command(BrokerSettings settings, Path folder) {
    String configuration = folder.resolve("mosquitto.conf").toString();
    return List.of("sh", "-c", WATCH, executable.toString(), configuration);
  }

  @Override
  public int awaitPort(BrokerSettings settings, Process process)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IOException("ended at once");
      }
      try (Socket door = new Socket(settings.address(), settings.port())) {
        return door.getPort();
      } catch (IOException closed) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
    throw new IOException("let nobody in for %d s".formatted(START_SECONDS));
  }

  /** Mosquitto reads hashes only, and has a program that makes them. */
  private static Path passwords(BrokerSettings settings, Path folder) throws IOException {
    Path file = folder.resolve("passwords");
    Files.write(
        file,
        settings.accounts().entrySet().stream()
            .map(account -> account.getKey() + ":" + account.getValue())
            .toList());
    Path hasher =
        find("mosquitto_passwd").orElseThrow(() -> new IOException("mosquitto_passwd is missing"));
    Process hashing =
        new ProcessBuilder(hasher.toString(), "-U", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(hashing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (hashing.onExit().join().exitValue() != 0) {
      throw new IOException("mosquitto_passwd failed: " + said);
    }
    return file;
  }
}
