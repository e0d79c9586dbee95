package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be run is refused in one line, before anything is started and with nothing left. */
class LiveRefusalTest {
  private static final String CHECKOUT = "cleave.checkout";

  @TempDir Path folder;
  private String before = "";

  /** A checkout in which nothing was built. */
  @BeforeEach
  void nothingBuilt() {
    before = System.getProperty(CHECKOUT, "");
    System.setProperty(CHECKOUT, folder.resolve("checkout").toString());
  }

  @AfterEach
  void asBefore() {
    if (before.isEmpty()) {
      System.clearProperty(CHECKOUT);
    } else {
      System.setProperty(CHECKOUT, before);
    }
  }

  private Spoken live(String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "live";
    words[1] = "--out";
    words[2] = folder.resolve("run").toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return Spoken.to(words);
  }

  private void assertRefused(Spoken spoken, String why) {
    assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
    assertThat(spoken.err()).contains(why);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void portThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(live("--port", port), "Port %s is not free".formatted(port));
    }
    assertRefused(live("--port", "70000"), "Port 70000");
  }

  @Test
  void brokerThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedSoon.getLocalPort();
    }
    String address = "127.0.0.1:" + port;
    assertRefused(live("--port", "0", "--broker", address), "There is no broker at " + address);
    assertRefused(live("--port", "0", "--broker", "kafka"), "A broker is embedded, mosquitto");
  }

  @Test
  void programsThatAreNotBuilt() {
    assertRefused(live("--port", "0"), "quarkus-run.jar is missing. Maybe build it first");
  }

  @Test
  void moreThanOneRun() {
    assertRefused(live("--port", "0", "--method", "oracle"), "this one would be 0 runs");
  }

  @Test
  void unknownNames() {
    assertRefused(live("--port", "0", "--trace", "belgium-4g-trm"), "belgium-4g-tram");
    assertRefused(live("--port", "0", "--model", "zoo:alexnot"), "alexnet");
    assertRefused(live("--port", "0", "--method", "clave"), "cleave");
  }
}
