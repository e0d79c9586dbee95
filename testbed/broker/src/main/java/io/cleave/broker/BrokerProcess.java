package io.cleave.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A full MQTT 5 broker in a process of its own, kept in memory: what it retains is gone when it
 * ends. It ends with the program that started it, however that ends.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final long STOP_SECONDS = 15;

  private final BrokerKind kind;
  private final BrokerSettings settings;
  private final Path folder;
  private final Process process;
  private final int port;

  private BrokerProcess(BrokerKind kind, BrokerSettings wanted) throws IOException {
    this.kind = kind;
    this.settings = kind.settle(wanted);
    this.folder = Folders.create();
    kind.configure(settings, folder);
    this.process =
        new ProcessBuilder(kind.command(settings, folder)).redirectError(log().toFile()).start();
    this.port = awaitPort();
  }

  /**
   * Starts the embedded broker with the libraries found beside this class, and waits until clients
   * can come in.
   *
   * @throws IllegalStateException if it does not start; its last words are in the message
   */
  public static BrokerProcess start(BrokerSettings settings) {
    return start(settings, HiveMq.libraries());
  }

  /**
   * The same with the broker's libraries in a given folder.
   *
   * @throws IllegalStateException if it does not start
   */
  public static BrokerProcess start(BrokerSettings settings, Path libraries) {
    return start(new HiveMq(libraries), settings);
  }

  /** Whether this machine has a Mosquitto. */
  public static boolean hasMosquitto() {
    return Mosquitto.find().isPresent();
  }

  /**
   * Starts this machine's Mosquitto, and waits until clients can come in.
   *
   * @throws IllegalStateException if there is none, or it does not start
   */
  public static BrokerProcess mosquitto(BrokerSettings settings) {
    Mosquitto found =
        Mosquitto.find()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No mosquitto on the path. Maybe install it, or use the embedded broker."));
    return start(found, settings);
  }

  private static BrokerProcess start(BrokerKind kind, BrokerSettings settings) {
    try {
      return new BrokerProcess(kind, settings);
    } catch (IOException failure) {
      throw new UncheckedIOException("The broker's process could not be started.", failure);
    }
  }

  public String address() {
    return settings.address();
  }

  /** The port that clients come in by. */
  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Ends the broker as an operator would: clients are told. */
  public void stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
      Folders.delete(folder);
    } catch (IOException failure) {
      kill();
    } catch (InterruptedException interrupt) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the broker as a power cut would. */
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
    try {
      Folders.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("The killed broker's folder stays behind.", failure);
    }
  }

  /** A new broker at the address and port of this one, which must have ended. */
  public BrokerProcess startAgain() {
    if (alive()) {
      throw new IllegalStateException(
          "The broker at port %d still runs. Maybe stop() or kill() it first.".formatted(port));
    }
    return start(kind, settings.withPort(port));
  }

  @Override
  public void close() {
    stop();
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private int awaitPort() {
    try {
      return kind.awaitPort(settings, process);
    } catch (IOException failure) {
      throw failed(failure.getMessage());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private IllegalStateException failed(@Nullable String what) {
    String lastWords = Folders.lastWords(log());
    kill();
    return new IllegalStateException(
        "The broker at %s:%d %s. Its last words:%n%s"
            .formatted(settings.address(), settings.port(), what, lastWords));
  }
}
