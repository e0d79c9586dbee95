package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReplayCommandTest {
  private record Outcome(int code, String out, String err) {}

  @TempDir Path folder;

  private static Outcome run(Object command, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setExecutionExceptionHandler(new OneLineErrors())
            .setParameterExceptionHandler(new OneLineErrors())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private Outcome replay(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", folder.resolve("out").toString()));
    return run(new ReplayCommand(), all);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void refuses(String part, String... arguments) throws IOException {
    List<String> before = left();
    Outcome outcome = replay(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().strip()).startsWith("cleave: ").contains(part).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(left()).isEqualTo(before);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), yaml).toString();
  }

  private String small() throws IOException {
    return file(
        """
        models: [small-chain]
        traces: [{name: belgium-4g-tram, seconds: 20, from-seconds: 0}]
        arrivals: {frames-per-second: 2}
        planners: [local, dads, cleave]
        seeds: 2
        """);
  }

  @Test
  void refusesAnUnknownPlanner() throws IOException {
    refuses("Maybe dads was meant", "--planner", "dadss");
  }

  @Test
  void refusesAnUnknownOptionOfAPlanner() throws IOException {
    refuses("no option hegde", "--planner", "cleave{hegde=0}");
  }

  @Test
  void refusesAnUnknownKeyAndNamesTheNearest() throws IOException {
    refuses(
        "line 2: there is no key \"sever\". Maybe you mean \"servers\".",
        file("seeds: 1\nsever: 1\n"));
  }

  @Test
  void namesAllUnknownKeysAtOnce() throws IOException {
    refuses("\"plannners\"", file("sedes: 1\nplannners: [local]\n"));
    refuses("\"sedes\"", file("sedes: 1\nplannners: [local]\n"));
  }

  @Test
  void refusesZeroServers() throws IOException {
    refuses("\"servers\" needs at least one entry", file("servers: []\n"));
  }

  @Test
  void refusesAMissingFile() throws IOException {
    refuses("there is no file", folder.resolve("none.yaml").toString());
  }

  @Test
  void refusesAnUnknownTrace() throws IOException {
    refuses("Maybe you mean 'norway-3g-bus'", "--trace", "norway-3g-bsu");
  }

  @Test
  void refusesAMissingTraceFile() throws IOException {
    refuses("walks/none.csv: there is no such file", "--trace", "walks/none.csv");
  }

  @Test
  void refusesAnUnknownNetwork() throws IOException {
    refuses("alexnet", "--model", "zoo:alexnettt");
  }

  @Test
  void refusesAFileThatIsNoModel() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "not a model");
    refuses("broken.onnx", "--model", broken.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "many"})
  void refusesWhatIsNoCountOfSeeds(String seeds) throws IOException {
    refuses("--seeds: seeds must be a number", "--seeds", seeds);
  }

  @Test
  void refusesAFolderThatExists() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    refuses("never overwritten", small());
  }

  /** Often, since cells that run beside the failing one must not leave a file behind. */
  @RepeatedTest(20)
  void refusesARunInWhichNoFrameArrives() throws IOException {
    refuses(
        "No frame arrives",
        file("seconds: 0.001\nmodels: [small-chain]\narrivals: {kind: poisson}\n"));
  }

  @Test
  void endsInATableAndAReport() throws IOException {
    Outcome outcome = replay(small());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("small-chain, means over 1 trace", "mean", "p99", "regret", "dads", "oracle")
        .contains(folder.resolve("out").resolve("report.html").toString());
    assertThat(left()).containsExactly("mine.yaml", "out");
    String page = Files.readString(folder.resolve("out/report.html"));
    assertThat(page).contains("belgium-4g-tram").doesNotContain("{{").doesNotContain(".partial");
    assertThat(page.replaceAll("(?s)<script.*?</script>", ""))
        .as("nothing is fetched from a network")
        .doesNotContain("src=")
        .doesNotContain("<link")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  void leavesOutTheReportIfAsked() throws IOException {
    Outcome outcome = replay(small(), "--no-report", "--seeds", "1", "--planner", "local");
    assertThat(outcome.code()).isZero();
    assertThat(folder.resolve("out/report.html")).doesNotExist();
    // two planners (the oracle is added), one seed, two frames a second for 20 s, and the header
    assertThat(Files.readAllLines(folder.resolve("out/frames.csv"))).hasSize(1 + 2 * 40);
  }

  @Test
  void drawsAReportAgainFromTheFilesAlone() throws IOException {
    replay(small());
    Path run = folder.resolve("out");
    String first = Files.readString(run.resolve("report.html"));
    Files.delete(run.resolve("report.html"));
    Outcome outcome = run(new ReportCommand(), List.of(run.toString()));
    assertThat(outcome.code()).isZero();
    assertThat(Files.readString(run.resolve("report.html"))).isEqualTo(first);
  }

  @Test
  void refusesToReportOnWhatIsNoRun() {
    Outcome outcome = run(new ReportCommand(), List.of(folder.toString()));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("no folder of a run");
  }
}
