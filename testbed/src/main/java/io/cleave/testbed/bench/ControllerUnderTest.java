package io.cleave.testbed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.testbed.live.Launch;
import io.cleave.testbed.live.Program;
import io.cleave.testbed.live.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A real controller in its own process, asked over HTTP what it has counted. */
final class ControllerUnderTest implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final int HEAP_MEGABYTES = 1024;

  /** For thousands of agents, as docs/operations.md advises: short-lived objects have room. */
  private static final List<String> MEMORY = List.of("-Xms1024m", "-Xmn512m");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Program program;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts it.
   *
   * @param jar its quarkus-run.jar
   * @param folder for its journal and log
   * @param broker that it connects to
   */
  ControllerUnderTest(Path jar, Path folder, Crowd.Address broker, String site) {
    Map<String, String> settings =
        Map.of(
            "cleave.site",
            site,
            "cleave.mqtt.host",
            broker.host(),
            "cleave.mqtt.port",
            Integer.toString(broker.port()),
            "cleave.controller.state",
            folder.resolve("state").toString(),
            "quarkus.http.host",
            "127.0.0.1",
            "quarkus.http.port",
            "0");
    Launch launch =
        Launch.quarkus(
            "controller", jar, HEAP_MEGABYTES, settings, folder.resolve("controller.log"));
    this.program = Program.start(launch.with(MEMORY), LISTENING);
    this.port = Integer.parseInt(program.ready(Duration.ofSeconds(60), new Stop()).group(1));
  }

  /** What /api/site says. */
  JsonNode site() {
    program.check();
    URI uri = URI.create("http://127.0.0.1:%d/api/site".formatted(port));
    try {
      return JSON.readTree(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException("The controller does not answer at " + uri + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the controller was asked.", e);
    }
  }

  /** Megabytes (2^20) of live objects, after a full collection. */
  double liveMegabytes() {
    String said = jcmd("GC.run") + jcmd("GC.heap_info");
    double kilobytes =
        Pattern.compile("used (\\d+)K")
            .matcher(said)
            .results()
            .limit(2) // young and old; what follows is metaspace
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .sum();
    return kilobytes / 1024;
  }

  @Override
  public void close() {
    program.close();
  }

  private String jcmd(String command) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(tool.toString(), Long.toString(program.pid()), command)
              .redirectErrorStream(true)
              .start();
      return new String(
          process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("jcmd, which comes with a JDK, cannot be run.", e);
    }
  }
}
