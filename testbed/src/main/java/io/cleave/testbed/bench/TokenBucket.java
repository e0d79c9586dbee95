package io.cleave.testbed.bench;

import io.cleave.testbed.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's token bucket filter (tbf) before a network of its own: two virtual Ethernet ends,
 * the far one in a network namespace with a {@link TensorSink}. Needs root, {@code ip} and {@code
 * tc}.
 *
 * <p>The filter counts whole Ethernet frames. It is given as much more as headers take, so that the
 * payload gets the rate that was asked for.
 */
final class TokenBucket implements AutoCloseable {
  /** Where the far end is. */
  static final String FAR_HOST = "10.213.77.2";

  private static final String NEAR_HOST = "10.213.77.1";

  /** 1448 bytes of payload take a frame of 1514: Ethernet 14, IPv4 20, TCP with timestamps 32. */
  private static final double FRAMES = 1514.0 / 1448.0;

  private final String name = "cleave" + ProcessHandle.current().pid() % 100_000;
  private final String near = name + "a";
  private boolean laid;

  private TokenBucket() {}

  /** Why there can be none here; empty if there can. */
  static Optional<String> missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("only root may make a network namespace");
    }
    return Stream.of("ip", "tc")
        .filter(tool -> !onPath(tool))
        .findFirst()
        .map(tool -> "there is no '%s' on the path".formatted(tool));
  }

  private static boolean onPath(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /**
   * Lays the network.
   *
   * @throws UserError if the kernel refuses, with what the tool said
   */
  static TokenBucket open() throws IOException {
    TokenBucket bucket = new TokenBucket();
    try {
      String far = bucket.name + "b";
      run("ip", "netns", "add", bucket.name);
      run(
          "ip",
          "link",
          "add",
          bucket.near,
          "type",
          "veth",
          "peer",
          "name",
          far,
          "netns",
          bucket.name);
      bucket.laid = true;
      run("ip", "addr", "add", NEAR_HOST + "/24", "dev", bucket.near);
      run("ip", "link", "set", bucket.near, "up");
      run("ip", "-n", bucket.name, "addr", "add", FAR_HOST + "/24", "dev", far);
      run("ip", "-n", bucket.name, "link", "set", far, "up");
      return bucket;
    } catch (UserError e) {
      bucket.close();
      throw e;
    }
  }

  /** Lets so much payload through from now on; up to 50 ms of it wait. */
  void limit(double bitsPerSecond) throws IOException {
    double rate = bitsPerSecond * FRAMES;
    long burst = Math.round(Math.max(1_600, rate / 8 * 1e-3)); // a frame, or a millisecond
    long queue = Math.round(Math.max(16 * 1024, rate / 8 * 0.05));
    run(
        "tc",
        "qdisc",
        "replace",
        "dev",
        near,
        "root",
        "tbf",
        "rate",
        String.format(Locale.ROOT, "%.0fbit", rate),
        "burst",
        String.valueOf(burst),
        "limit",
        String.valueOf(queue));
  }

  /** The sink as a process, in the namespace or, for comparison, beside this program. */
  Process sink(boolean inside) throws IOException {
    List<String> command = new ArrayList<>();
    if (inside) {
      command.addAll(List.of("ip", "netns", "exec", name));
    }
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(TensorSink.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Override
  public void close() throws IOException {
    if (laid) {
      run("ip", "link", "delete", near); // and the far end; the namespace would keep both a while
    }
    run("ip", "netns", "delete", name);
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader()) {
      String line = said.lines().collect(Collectors.joining(" ")); // to the end of the process
      if (process.onExit().join().exitValue() != 0) {
        throw new UserError("'%s' failed: %s".formatted(String.join(" ", command), line));
      }
    }
  }
}
