package io.cleave.testbed.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a program is started.
 *
 * @param name as people read it
 * @param command program and arguments
 * @param log that everything it says is written to
 */
public record Launch(String name, List<String> command, Path log) {
  public Launch {
    command = List.copyOf(command);
  }

  /**
   * A Quarkus application in a Java process of its own, which ends with this one.
   *
   * @param jar its quarkus-run.jar
   * @param heapMegabytes that it may use, in 2^20 bytes
   * @param settings of the application, as system properties
   */
  public static Launch quarkus(
      String name, Path jar, int heapMegabytes, Map<String, String> settings, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dcleave.exit-with-parent=true");
    command.addAll(properties(settings));
    command.add("-jar");
    command.add(jar.toString());
    return new Launch(name, command, log);
  }

  /** The same with more options of the Java machine. */
  public Launch with(List<String> options) {
    List<String> all = new ArrayList<>(command);
    all.addAll(1, options);
    return new Launch(name, all, log);
  }

  /**
   * The controller from its sources by Maven, which sees edits of it and of what it is made of.
   *
   * @param maven the program, 3.9 or later
   * @param pom of the whole project
   */
  static Launch reloading(String maven, Path pom, Map<String, String> settings, Path log) {
    List<String> command = new ArrayList<>(List.of(maven, "-B", "-f", pom.toString()));
    command.addAll(List.of("-pl", "controller", "-am", "quarkus:dev"));
    command.addAll(List.of("-Dspotless.check.skip=true", "-Dcheckstyle.skip=true"));
    command.addAll(List.of("-Dmaven.test.skip=true", "-Dquarkus.test.continuous-testing=disabled"));
    command.add("-Dquarkus.analytics.disabled=true");
    command.add("-Dcleave.exit-with-parent=true");
    command.addAll(properties(settings));
    return new Launch("controller", command, log);
  }

  private static List<String> properties(Map<String, String> settings) {
    return new TreeMap<>(settings)
        .entrySet().stream()
            .map(setting -> "-D%s=%s".formatted(setting.getKey(), setting.getValue()))
            .toList();
  }

  /**
   * The command with the interrupt of a terminal kept from it: Ctrl-C reaches every process in the
   * foreground at once, but what we started is to be stopped by us, in order.
   */
  List<String> shielded() {
    List<String> words = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", name));
    words.addAll(command);
    return words;
  }
}
