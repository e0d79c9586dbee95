package io.cleave.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * The program in the broker's process. It prints {@code port N} once clients can come in, and ends
 * when its standard input does: when whoever started it says so, or is gone.
 */
final class Broker {
  private Broker() {}

  /**
   * @param args the folder with {@code conf/config.xml} and {@code accounts.properties}; deleted at
   *     the end
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream announcements = System.out;
    System.setOut(System.err); // where the log's console writes to
    Path folder = Path.of(args[0]);
    Gate gate = new Gate(accounts(folder));
    EmbeddedHiveMQ broker = broker(folder, gate);
    int exit = 0;
    try {
      broker.start().get();
      announcements.println("port " + gate.port());
      announcements.flush();
      System.in.readAllBytes(); // nothing is ever said to the broker but, by the end, to end
      broker.stop().get();
      Folders.delete(folder);
    } catch (ExecutionException failure) {
      System.err.println("The broker failed: " + failure.getCause());
      exit = 1;
    }
    System.exit(exit); // the broker leaves threads behind
  }

  private static EmbeddedHiveMQ broker(Path folder, Gate gate) throws IOException {
    return EmbeddedHiveMQ.builder()
        .withConfigurationFolder(folder.resolve("conf"))
        .withDataFolder(Files.createDirectories(folder.resolve("data")))
        .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
        .withEmbeddedExtension(
            EmbeddedExtension.builder()
                .withId("cleave-gate")
                .withName("Cleave's gate")
                .withVersion("1")
                .withExtensionMain(gate)
                .build())
        .withoutLoggingBootstrap()
        .build();
  }

  private static Properties accounts(Path folder) throws IOException {
    Properties accounts = new Properties();
    try (Reader file = Files.newBufferedReader(folder.resolve("accounts.properties"))) {
      accounts.load(file);
    }
    return accounts;
  }
}
