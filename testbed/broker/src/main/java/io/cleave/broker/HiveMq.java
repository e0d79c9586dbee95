package io.cleave.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** HiveMQ's community edition, embedded in our program {@link Broker}, kept in memory. */
final class HiveMq implements BrokerKind {
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

  private static final long START_SECONDS = 120;

  /** Queues and windows are wide: a burst of reports must not be cut off by the broker. */
  private static final String CONFIGURATION =
      """
      <?xml version="1.0"?>
      <hivemq>
        <listeners>%s</listeners>
        <mqtt>
          <queued-messages><max-queue-size>100000</max-queue-size></queued-messages>
          <receive-maximum>
            <server-receive-maximum>65535</server-receive-maximum>
          </receive-maximum>
        </mqtt>
        <persistence><mode>in-memory</mode></persistence>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
      </hivemq>
      """;

  private static final String PLAIN =
      "<tcp-listener><port>%d</port><bind-address>%s</bind-address></tcp-listener>";

  private static final String ENCRYPTED =
      """
      <tls-tcp-listener>
        <port>%d</port>
        <bind-address>%s</bind-address>
        <tls>
          <keystore>
            <path>%s</path>
            <password>%s</password>
            <private-key-password>%4$s</private-key-password>
          </keystore>
        </tls>
      </tls-tcp-listener>
      """;

  private final Path libraries;

  /**
   * @param libraries the folder with the broker's jars
   */
  HiveMq(Path libraries) {
    this.libraries = libraries;
  }

  @Override
  public BrokerSettings settle(BrokerSettings settings) {
    if (settings.accessList().isPresent()) {
      throw new IllegalArgumentException(
          "The embedded broker reads no access list. Maybe use Mosquitto.");
    }
    return settings;
  }

  @Override
  public void configure(BrokerSettings settings, Path folder) throws IOException {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("config.xml"), CONFIGURATION.formatted(listener(settings)));
    Properties accounts = new Properties();
    accounts.putAll(settings.accounts());
    try (Writer file = Files.newBufferedWriter(folder.resolve("accounts.properties"))) {
      accounts.store(file, "name=password");
    }
  }

  @Override
  public List<String> command(BrokerSettings settings, Path folder) {
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

  @Override
  public int awaitPort(BrokerSettings settings, Process process)
      throws IOException, InterruptedException {
    BufferedReader words = process.inputReader();
    try {
      String line =
          CompletableFuture.supplyAsync(
                  () -> words.lines().filter(word -> word.startsWith("port ")).findFirst())
              .get(START_SECONDS, TimeUnit.SECONDS)
              .orElseThrow(() -> new IOException("ended at once"));
      return Integer.parseInt(line.substring("port ".length()));
    } catch (TimeoutException late) {
      throw new IOException("said nothing for %d s".formatted(START_SECONDS), late);
    } catch (ExecutionException failure) {
      throw new IOException("could not be heard", failure);
    }
  }

  private static String listener(BrokerSettings settings) {
    return settings
        .certificate()
        .map(
            own ->
                ENCRYPTED.formatted(
                    settings.port(),
                    settings.address(),
                    escaped(own.keyStore().toAbsolutePath().toString()),
                    escaped(own.password())))
        .orElseGet(() -> PLAIN.formatted(settings.port(), settings.address()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
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
        .filter(HiveMq::holdsBroker)
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
      return Path.of(HiveMq.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("These classes come from nowhere.", impossible);
    }
  }
}
