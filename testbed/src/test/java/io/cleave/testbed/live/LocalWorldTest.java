package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.ExperimentRun;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorldTest {
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();
  private static final Setting.Fields NO_CHANGES = new Setting.Fields("test", Map.of());

  /** Ten frames of a light network over a fast link that swings. */
  private static final String LIGHT =
      """
      models: ["zoo:mobilenetv2"]
      device: {class: raspberry-pi-3b, name: camera}
      servers: [{class: desktop, name: desktop}, {class: cloud-gpu, name: gpu}]
      traces: [{name: belgium-4g-bus, from-seconds: 60, seconds: 20}]
      arrivals: {kind: periodic, frames-per-second: 1}
      planners: [remote]
      seeds: 1
      seconds: 10
      """;

  @TempDir Path folder;

  private Experiment experiment(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("light.yaml"), yaml);
    return ExperimentFile.read(file, NO_CHANGES, CATALOG);
  }

  @Test
  void framesRunThroughRealProcessesIntoTheColumnsOfTheSimulation() throws IOException {
    BuiltPrograms.assume();
    Experiment experiment = experiment(LIGHT);
    StringWriter told = new StringWriter();
    Path run = folder.resolve("run");
    try (RunFolder results = RunFolder.at(run)) {
      LocalWorld world =
          new LocalWorld(
              experiment,
              LocalSettings.closed(new BrokerChoice.Embedded()),
              results.file("logs"),
              new Narrator(new PrintWriter(told, true), false),
              new Stop());
      new ExperimentRun(experiment, CATALOG, world, results).run(1, Progress.silent());
      results.publish();
      Cell real =
          experiment.cells().stream()
              .filter(cell -> !CATALOG.byFrame(cell.planner()))
              .findFirst()
              .orElseThrow();
      assertThat(world.energy(real)).get(as(STRING)).startsWith("Energy: ");
    }
    try (Stream<Path> files = Files.walk(run)) {
      assertThat(files).anyMatch(file -> file.endsWith("agent-energy.csv"));
    }
    List<NamedCsvRecord> frames = rows(run.resolve("frames.csv"));
    List<NamedCsvRecord> real = of("remote", frames);
    List<NamedCsvRecord> simulated = of("oracle", frames);
    assertThat(real).as(told.toString()).hasSize(10).hasSameSizeAs(simulated);
    for (int i = 0; i < real.size(); i++) {
      // Frame n comes in at the same time of the trace in both worlds.
      assertThat(number(real.get(i), "arrival_s"))
          .isCloseTo(number(simulated.get(i), "arrival_s"), within(0.005));
      assertThat(number(real.get(i), "latency_ms")).isPositive();
      assertThat(number(real.get(i), "energy_j")).isPositive();
    }
    assertThat(real).as("frames that a server helped with").anyMatch(LocalWorldTest::helped);
    assertThat(Files.readString(run.resolve("manifest.json"))).contains("\"world\" : \"local\"");
    assertThat(run.resolve("summary.csv")).exists();
    assertThat(run.resolve("overall.csv")).exists();
    assertThat(told.toString())
        .containsPattern("all on (gpu|desktop)") // as fast as each other for this network
        .contains("controller  http://127.0.0.1:");
    assertThat(ProcessHandle.current().descendants()).as("processes left").isEmpty();
  }

  @Test
  void framesLeaveWhereTheWholeNetworkOnOneMachineWouldLetThem() throws IOException {
    BuiltPrograms.assume();
    ComparedExits.leaveWhereTheWholeNetworkDoes(
        folder,
        (experiment, logs) ->
            new LocalWorld(
                experiment,
                LocalSettings.closed(new BrokerChoice.Embedded()),
                logs,
                new Narrator(new PrintWriter(new StringWriter()), false),
                new Stop()));
  }

  @Test
  void realServersHaveNoLoadOfOthersAndNoMeasuredProfile() throws IOException {
    Experiment loaded = experiment("servers: [{class: desktop, load: seeded}]\n");
    assertThatThrownBy(() -> world(loaded))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("server-1: real servers have no emulated load");
  }

  @Test
  void linksThatGuestsShareAreNotEmulated() throws IOException {
    Experiment narrow =
        experiment(
            """
            servers: [{class: desktop, capacity: {access-mbps: 5}}]
            site: {devices: 2, classes: [raspberry-pi-3b], reach: 1, targeting: [greedy]}
            """);
    assertThatThrownBy(() -> world(narrow))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("server-1: the link that a real server's guests share");
  }

  private LocalWorld world(Experiment experiment) {
    return new LocalWorld(
        experiment,
        LocalSettings.closed(new BrokerChoice.Embedded()),
        folder,
        new Narrator(new PrintWriter(new StringWriter()), false),
        new Stop());
  }

  private static boolean helped(NamedCsvRecord frame) {
    return Set.of("gpu", "desktop").contains(frame.getField("node"))
        && number(frame, "uplink_bytes") > 0;
  }

  private static List<NamedCsvRecord> of(String planner, List<NamedCsvRecord> frames) {
    return frames.stream()
        .filter(frame -> frame.getField("planner").equals(planner))
        .sorted((a, b) -> Double.compare(number(a, "frame"), number(b, "frame")))
        .toList();
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }

  private static List<NamedCsvRecord> rows(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    }
  }
}
