package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.ExperimentRun;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.experiment.SimulatedCells;
import io.cleave.testbed.experiment.World;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

class ContainerWorldTest {
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();
  private static final String SITE = "contained";
  private static final int FRAMES = 30;

  /** Half a minute of frames of a light network over a fast link that swings. */
  private static final String LIGHT =
      """
      name: %s
      models: ["zoo:mobilenetv2"]
      device: {class: raspberry-pi-3b, name: camera}
      servers: [{class: desktop, name: desktop}, {class: cloud-gpu, name: gpu}]
      traces: [{name: belgium-4g-bus, from-seconds: 60, seconds: 40}]
      arrivals: {kind: periodic, frames-per-second: 1}
      planners: [remote]
      seeds: 1
      seconds: %d
      """
          .formatted(SITE, FRAMES);

  @TempDir Path folder;

  @Test
  void everyFrameThatCameInIsAnsweredInTheColumnsOfTheSimulation() throws IOException {
    ContainerEngine engine = Containers.assume();
    BuiltPrograms.assume();
    Set<String> before = containers();
    Path file = Files.writeString(folder.resolve("light.yaml"), LIGHT);
    Experiment experiment =
        ExperimentFile.read(file, new Setting.Fields("test", Map.of()), CATALOG);
    StringWriter told = new StringWriter();
    Path run = folder.resolve("run");
    try (RunFolder results = RunFolder.at(run)) {
      World world =
          new ContainerWorld(
              experiment,
              ContainerWorld.Conduct.of(engine, 0).closed(),
              results.file("logs"),
              new Narrator(new PrintWriter(told, true), false),
              new Stop());
      new ExperimentRun(experiment, CATALOG, world, results).run(1, Progress.silent());
      results.publish();
    }
    Path simulation = folder.resolve("simulation");
    try (RunFolder results = RunFolder.at(simulation)) {
      World world = new SimulatedCells(CATALOG, experiment.conduct().switching());
      new ExperimentRun(experiment, CATALOG, world, results).run(1, Progress.silent());
      results.publish();
    }
    assertThat(header(run)).isEqualTo(header(simulation));
    List<NamedCsvRecord> real = remote(run);
    assertThat(real).as(told.toString()).hasSize(FRAMES).hasSameSizeAs(remote(simulation));
    assertThat(real.stream().map(frame -> frame.getField("frame")).distinct()).hasSize(FRAMES);
    assertThat(real)
        .as("frames that a server helped with")
        .anyMatch(frame -> Set.of("gpu", "desktop").contains(frame.getField("node")));
    assertThat(Files.readString(run.resolve("manifest.json")))
        .contains("\"world\" : \"containers\"");
    assertThat(told.toString()).contains("mosquitto, port").doesNotContain("did not end well");
    assertThat(containers()).as("containers left").isEqualTo(before);
  }

  @Test
  void framesLeaveWhereTheWholeNetworkOnOneMachineWouldLetThem() throws IOException {
    ContainerEngine engine = Containers.assume();
    BuiltPrograms.assume();
    ComparedExits.leaveWhereTheWholeNetworkDoes(
        folder,
        (experiment, logs) ->
            new ContainerWorld(
                experiment,
                ContainerWorld.Conduct.of(engine, 0).closed(),
                logs,
                new Narrator(new PrintWriter(new StringWriter()), false),
                new Stop()));
  }

  private static Set<String> containers() {
    Set<String> names = new TreeSet<>();
    String session = DockerClientFactory.SESSION_ID;
    DockerClientFactory.lazyClient()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, session))
        .exec()
        .forEach(container -> names.add(container.getId()));
    DockerClientFactory.lazyClient()
        .listNetworksCmd()
        .withFilter(
            "label", List.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL + "=" + session))
        .exec()
        .forEach(network -> names.add(network.getId()));
    return names;
  }

  private static List<NamedCsvRecord> remote(Path run) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(run.resolve("frames.csv"))) {
      return csv.stream().filter(frame -> frame.getField("planner").equals("remote")).toList();
    }
  }

  private static String header(Path run) throws IOException {
    return Files.readAllLines(run.resolve("frames.csv")).get(0);
  }
}
