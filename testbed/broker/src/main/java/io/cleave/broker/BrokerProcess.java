package io.cleave.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A full MQTT 5 broker in a process of its own, kept in memory: what it retains is gone when it
 * ends. It ends with the program that started it, however that ends.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 15;

  private final BrokerSettings settings;
  private final Path libraries;
  private final Path folder;
  private final Process process;
  private final int port;

  private BrokerProcess(BrokerSettings settings, Path libraries) throws IOException {
    this.settings = settings;
    this.libraries = libraries;
    this.folder = BrokerFolder.create(settings);
    this.process =
        new ProcessBuilder(BrokerCommand.of(settings, libraries, folder))
            .redirectError(log().toFile())
            .start();
    this.port = announcedPort();
  }

  /**
   * Starts a broker with the libraries found beside this class, and waits until clients can come
   * in.
   *
   * @throws IllegalStateException if it does not start; its last words are in the message
   */
  public static BrokerProcess start(BrokerSettings settings) {
    return start(settings, BrokerCommand.libraries());
  }

  /**
   * The same with the broker's libraries in a given folder.
   *
   * @throws IllegalStateException if it does not start
   */
  public static BrokerProcess start(BrokerSettings settings, Path libraries) {
    try {
      return new BrokerProcess(settings, libraries);
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
    process.destroyForcibly();
    process.onExit().join();
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
    return start(settings.withPort(port), libraries);
  }

  @Override
  public void close() {
    stop();
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private int announcedPort() throws IOException {
    BufferedReader words = process.inputReader();
    try {
      String line =
          CompletableFuture.supplyAsync(
                  () -> words.lines().filter(word -> word.startsWith("port ")).findFirst())
              .get(START_SECONDS, TimeUnit.SECONDS)
              .orElseThrow(() -> failed("ended at once"));
      return Integer.parseInt(line.substring("port ".length()));
    } catch (TimeoutException late) {
      throw failed("said nothing for %d s".formatted(START_SECONDS));
    } catch (ExecutionException failure) {
      throw failed("could not be heard: " + failure.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private IllegalStateException failed(String what) {
    String lastWords = BrokerFolder.lastWords(log());
    kill();
    return new IllegalStateException(
        "The broker at %s:%d %s. Its last words:%n%s"
            .formatted(settings.address(), settings.port(), what, lastWords));
  }
}
