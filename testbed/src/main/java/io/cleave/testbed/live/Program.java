package io.cleave.testbed.live;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs beside this one. We hold its standard input, which closes with us: a program
 * that watches it ends when we are gone, however we died.
 */
public final class Program implements AutoCloseable {
  private static final int LAST_LINES = 12;

  private final Launch launch;
  private final Process process;
  private final Thread listener;
  private final ArrayDeque<String> lastLines = new ArrayDeque<>(); // guarded by itself
  private final Pattern awaited;
  private final Consumer<String> echo;
  private final CompletableFuture<Matcher> heard = new CompletableFuture<>();

  private Program(Launch launch, Process process, Pattern awaited, Consumer<String> echo) {
    this.launch = launch;
    this.process = process;
    this.awaited = awaited;
    this.echo = echo;
    this.listener = new Thread(this::listen, launch.name() + "-log");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts a program.
   *
   * @param awaited in a line by which it says that it is ready
   */
  public static Program start(Launch launch, Pattern awaited) {
    return start(launch, awaited, line -> {});
  }

  /**
   * The same for one whose words are of interest.
   *
   * @param echo is told every line, on a thread of the program's
   */
  static Program start(Launch launch, Pattern awaited, Consumer<String> echo) {
    try {
      Files.createDirectories(launch.log().toAbsolutePath().getParent());
      Process process = new ProcessBuilder(launch.shielded()).redirectErrorStream(true).start();
      return new Program(launch, process, awaited, echo);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be started.".formatted(launch.name()), e);
    }
  }

  String name() {
    return launch.name();
  }

  public long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /**
   * The line by which the program says that it is ready.
   *
   * @param stop waited for as well
   * @throws ProgramFailed if it ends before, or stays silent for so long
   * @throws Stop.Asked if that comes first
   */
  public Matcher ready(Duration limit, Stop stop) {
    try {
      CompletableFuture.anyOf(heard, stop.future()).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!heard.isDone()) {
        throw new Stop.Asked();
      }
      return heard.get();
    } catch (TimeoutException e) {
      throw failed("was not ready within %d s".formatted(limit.toSeconds()));
    } catch (ExecutionException e) {
      throw failed("ended before it was ready, with exit code %d".formatted(exitCode()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was no longer waited for");
    }
  }

  /**
   * Complains if the program ended although nobody stopped it.
   *
   * @throws ProgramFailed if so
   */
  public void check() {
    if (!alive()) {
      throw failed("ended by itself, with exit code %d".formatted(exitCode()));
    }
  }

  /** Asks the program to end, and kills it if it does not within the time given. */
  public void stop(Duration patience) {
    process.toHandle().destroy(); // the process's own method would also stop us listening
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      process.getOutputStream().close(); // whoever watches it for the program ends too
      listener.join(patience.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // closing a pipe that nobody wrote to does not fail
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the program as a power cut would, and waits until it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    stop(Duration.ofSeconds(10));
  }

  /** Waits for the end. */
  int exitCode() {
    return process.onExit().join().exitValue();
  }

  private ProgramFailed failed(String what) {
    List<String> words;
    synchronized (lastLines) {
      words = List.copyOf(lastLines);
    }
    return new ProgramFailed(
        "%s %s. Its last words:%n%s".formatted(launch.name(), what, String.join("\n", words)));
  }

  /** Reads to the end, even if the log can no longer be written: a full pipe would stop it. */
  private void listen() {
    Optional<IOException> trouble = Optional.empty();
    try (BufferedReader said = process.inputReader();
        BufferedWriter log = Files.newBufferedWriter(launch.log())) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        take(line);
        trouble = trouble.isPresent() ? trouble : write(log, line);
      }
    } catch (IOException e) {
      trouble = Optional.of(e);
    }
    trouble.ifPresent(e -> take("(the log cannot be written: %s)".formatted(e.getMessage())));
    heard.completeExceptionally(new IOException("It said nothing more."));
  }

  private static Optional<IOException> write(BufferedWriter log, String line) {
    try {
      log.write(line);
      log.newLine();
      log.flush();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void take(String line) {
    echo.accept(line);
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > LAST_LINES) {
        lastLines.remove();
      }
    }
    Matcher matcher = awaited.matcher(line);
    if (!heard.isDone() && matcher.find()) {
      heard.complete(matcher);
    }
  }
}
