package io.cleave.testbed.live;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

/** A program in a container, which is removed when it is closed. */
final class ContainerProgram implements AutoCloseable {
  private static final int LAST_LINES = 12;
  private static final int PATIENCE_SECONDS = 10;

  private final String name;
  private final GenericContainer<?> container;
  private final BufferedWriter log;
  private final ArrayDeque<String> lastLines = new ArrayDeque<>(); // guarded by itself
  private final CompletableFuture<Void> up;

  private ContainerProgram(String name, GenericContainer<?> container, BufferedWriter log) {
    this.name = name;
    this.container = container;
    this.log = log;
    container.withLogConsumer(this::take);
    this.up = CompletableFuture.runAsync(container::start, task -> new Thread(task, name).start());
  }

  /**
   * Begins to start a container.
   *
   * @param container with what its being ready is known by
   * @param log that everything it says is written to
   */
  static ContainerProgram start(String name, GenericContainer<?> container, Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      return new ContainerProgram(name, container, Files.newBufferedWriter(log));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be started.".formatted(name), e);
    }
  }

  /**
   * Waits until the program is ready.
   *
   * @param stop waited for as well
   * @throws ProgramFailed if it ends before, or stays silent for so long
   * @throws Stop.Asked if that comes first
   */
  void ready(Duration limit, Stop stop) {
    try {
      CompletableFuture.anyOf(up, stop.future()).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!up.isDone()) {
        throw new Stop.Asked();
      }
      up.get();
    } catch (TimeoutException e) {
      throw failed("was not ready within %d s".formatted(limit.toSeconds()));
    } catch (ExecutionException e) {
      throw failed("did not come up: %s".formatted(reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was no longer waited for");
    }
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Complains if the program ended although nobody stopped it.
   *
   * @throws ProgramFailed if so
   */
  void check() {
    if (!container.isRunning()) {
      throw failed("ended by itself");
    }
  }

  /** Where a port of it is reached from here. */
  int port(int inside) {
    return container.getMappedPort(inside);
  }

  /** A file of the container's; empty as long as there is none. */
  Optional<byte[]> read(String file) {
    try {
      return Optional.of(container.copyFileFromContainer(file, stream -> stream.readAllBytes()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Asks the program to end and kills it if it does not; its files stay until it is closed. */
  void stop() {
    try {
      DockerClientFactory.lazyClient()
          .stopContainerCmd(container.getContainerId())
          .withTimeout(PATIENCE_SECONDS)
          .exec();
    } catch (NotFoundException | NotModifiedException e) {
      // It has ended; that is what was wanted.
    }
  }

  /** Kills the program as a power cut would. */
  void kill() {
    DockerClientFactory.lazyClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    if (container.getContainerId() != null && container.isRunning()) {
      stop();
    }
    up.handle((done, error) -> true).join(); // a start under way may still make the container
    container.stop();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProgramFailed failed(String what) {
    List<String> words;
    synchronized (lastLines) {
      words = List.copyOf(lastLines);
    }
    return new ProgramFailed(
        "%s %s. Its last words:%n%s".formatted(name, what, String.join("\n", words)));
  }

  private void take(OutputFrame frame) {
    byte[] bytes = Optional.ofNullable(frame.getBytes()).orElse(new byte[0]);
    String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    if (text.isEmpty()) {
      return;
    }
    synchronized (lastLines) {
      lastLines.add(text);
      if (lastLines.size() > LAST_LINES) {
        lastLines.remove();
      }
      try {
        log.write(text);
        log.newLine();
        log.flush();
      } catch (IOException e) {
        lastLines.add("(the log cannot be written: %s)".formatted(e.getMessage()));
      }
    }
  }
}
