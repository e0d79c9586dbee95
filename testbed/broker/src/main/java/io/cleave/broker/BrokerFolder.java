package io.cleave.broker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What the broker's process finds on the disk, and leaves there. */
final class BrokerFolder {
  private static final int LAST_LINES = 25;

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

  private BrokerFolder() {}

  /** A new folder, readable by this user only since it holds the passwords. */
  static Path create(BrokerSettings settings) throws IOException {
    Path folder = Files.createTempDirectory("cleave-broker-");
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("config.xml"), CONFIGURATION.formatted(listener(settings)));
    Properties accounts = new Properties();
    accounts.putAll(settings.accounts());
    try (Writer file = Files.newBufferedWriter(folder.resolve("accounts.properties"))) {
      accounts.store(file, "name=password");
    }
    return folder;
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

  /** The end of the log, for an error's message. */
  static String lastWords(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException failure) {
      return "(the log cannot be read: " + failure.getMessage() + ")";
    }
  }
}
