package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report in a real browser: its script must run, and its charts must be drawn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportBrowserTest {
  private static final String REASON =
      "SKIPPED: no chromium on the path, so nobody looked at the report in a browser";

  private Path folder = Path.of("");
  private Path browser = Path.of("");
  private Path report = Path.of("");

  private record Page(String dom, String log) {}

  @BeforeAll
  void makeAReport(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Optional<Path> found = browser();
    if (found.isEmpty()) {
      System.err.println(REASON);
    }
    assumeTrue(found.isPresent(), REASON);
    browser = found.get();
    Path yaml =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            models: ["zoo:tiny-yolov2"]
            traces: [{name: belgium-4g-tram, from-seconds: 0, seconds: 60}]
            planners: [local, qdmp, cleave, oracle]
            seeds: 1
            """);
    Path out = folder.resolve("run");
    assertThat(Spoken.to("replay", yaml.toString(), "--out", out.toString()).code()).isZero();
    report = out.resolve("report.html");
  }

  @Test
  void drawsItsChartsWithoutAScriptError() throws Exception {
    Page page = open("1440,2400");
    assertThat(page.log()).doesNotContain("Uncaught");
    // Regret, course and distribution, each on a canvas that the library made.
    assertThat(page.dom().split("<canvas", -1)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(page.dom()).contains("Cleave answers in").contains("qdmp");
  }

  @Test
  void drawsThemOnAPhoneToo() throws Exception {
    Page page = open("390,2400");
    assertThat(page.log()).doesNotContain("Uncaught");
    assertThat(page.dom().split("<canvas", -1)).hasSizeGreaterThanOrEqualTo(4);
  }

  private Page open(String size) throws IOException, InterruptedException {
    Path dom = Files.createTempFile(folder, "dom", ".html");
    Path log = Files.createTempFile(folder, "log", ".txt");
    List<String> command = new ArrayList<>(List.of(browser.toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--window-size=" + size,
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--dump-dom",
            report.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The browser did not answer within 60 s.");
    }
    return new Page(
        Files.readString(dom), new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1));
  }

  private static Optional<Path> browser() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(place -> Path.of(place, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
