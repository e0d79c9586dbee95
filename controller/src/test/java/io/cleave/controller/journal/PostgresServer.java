package io.cleave.controller.journal;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The PostgreSQL that this machine has, if it has one, in a folder of its own. */
public final class PostgresServer implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String NOBODY = "nobody"; // it refuses to run as root

  private final Path folder;
  private final Process process;
  private final int port;

  /** Starts it and waits until it answers. */
  public PostgresServer() {
    Path programs = programs().orElseThrow();
    try {
      folder = Files.createTempDirectory("cleave-postgres");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      port = freePort();
      String data = folder.resolve("data").toString();
      run(programs.resolve("initdb").toString(), "-D", data, "-A", "trust", "-U", "cleave");
      process =
          builder(
                  programs.resolve("postgres").toString(),
                  "-D",
                  data,
                  "-p",
                  Integer.toString(port),
                  "-k",
                  folder.toString(),
                  "-c",
                  "listen_addresses=127.0.0.1")
              .start();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  /** True if there is one; says so if not. */
  public static boolean isThere() {
    boolean there = programs().isPresent();
    if (!there) {
      System.out.println(
          "SKIPPED: no PostgreSQL in %s, so the journal is tested in H2 only.".formatted(DEBIAN));
    }
    return there;
  }

  /** Where it listens. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=cleave".formatted(port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try {
      DriverManager.getConnection(url()).close();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private void run(String... command) throws IOException {
    Process run = builder(command).start();
    if (run.onExit().join().exitValue() != 0) {
      throw new IOException("%s failed: %s".formatted(command[0], log()));
    }
  }

  private ProcessBuilder builder(String... command) {
    List<String> all = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** PostgreSQL takes no port 0. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .findFirst();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
