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
    new TreeMap<>(settings).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-jar");
    command.add(jar.toString());
    return new Launch(name, command, log);
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
