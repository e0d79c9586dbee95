package io.cleave.broker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of the broker's process, with a class path of its own. */
final class BrokerCommand {
  /** Says where the broker's libraries are, when they are not beside these classes. */
  static final String LIBRARIES = "cleave.broker.lib";

  private static final String BROKER_JAR = "hivemq-community-edition-embedded";

  /** What the broker's libraries reach into; without it they warn and do with less. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.nio",
          "java.base/sun.nio.ch",
          "java.base/sun.security.provider",
          "jdk.management/com.sun.management.internal");

  private BrokerCommand() {}

  static List<String> of(BrokerSettings settings, Path libraries, Path folder) {
    Stream<String> jvm =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + settings.heapMegabytes() + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dlogback.configurationFile=io/cleave/broker/logback.xml",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    Stream<String> opened = OPENED.stream().map("--add-opens=%s=ALL-UNNAMED"::formatted);
    Stream<String> program =
        Stream.of(
            "-cp",
            ownCode() + File.pathSeparator + libraries.resolve("*"),
            "io.cleave.broker.Broker",
            folder.toString());
    return Stream.of(jvm, opened, program).flatMap(words -> words).toList();
  }

  /**
   * The folder that the build fills: where the system property says, or {@code lib} beside these
   * classes or their jar, or, seen from the testbed's libraries, that of the broker's module.
   *
   * @throws IllegalStateException if the broker is in none of them
   */
  static Path libraries() {
    Path code = ownCode();
    Optional<String> told = Optional.ofNullable(System.getProperty(LIBRARIES));
    List<Path> candidates =
        told.map(folder -> List.of(Path.of(folder)))
            .orElseGet(
                () ->
                    List.of(
                        code.resolveSibling("lib"),
                        code.resolve("../../../broker/target/lib").normalize()));
    return candidates.stream()
        .filter(BrokerCommand::holdsBroker)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No %s*.jar in any of %s. Maybe the broker's module is not built, or name the folder with -D%s=FOLDER."
                        .formatted(BROKER_JAR, candidates, LIBRARIES)));
  }

  private static boolean holdsBroker(Path folder) {
    String[] names = folder.toFile().list((directory, name) -> name.startsWith(BROKER_JAR));
    return names != null && names.length > 0;
  }

  /** The folder or jar that these classes come from. */
  private static Path ownCode() {
    try {
      return Path.of(
          BrokerCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("These classes come from nowhere.", impossible);
    }
  }
}
