package io.cleave.testbed.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SiteScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteRunTest {
  /** Thirty boards that a laptop can serve a third of. */
  private static final String YAML =
      """
      site:
        devices: 30
        classes: [raspberry-pi-3b]
        reach: 2
        targeting: [each, random, greedy, swap-matching]
      models: ["zoo:resnet18"]
      servers:
        - {class: laptop, count: 2}
        - {class: desktop, capacity: {devices: 5, model-megabytes: 100}}
      traces: [belgium-4g-tram]
      arrivals: {kind: poisson, frames-per-second: 0.7}
      demand: {deadline-ms: 2000}
      switching: {min-gain: 0.05, hold-seconds: 2}
      planners: ["cleave{hedge=off}"]
      seeds: 2
      seconds: 20
      """;

  @TempDir private Path folder = Path.of("");

  private Experiment experiment() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), YAML);
    Setting.Fields unchanged = new Setting.Fields("here", Map.of());
    return ExperimentFile.read(file, unchanged, PlannerCatalog.standard());
  }

  private List<String> run(String name, int cores) throws IOException {
    try (RunFolder run = RunFolder.at(folder.resolve(name))) {
      SiteRun site = new SiteRun(experiment(), PlannerCatalog.standard(), run);
      assertThat(site.cells()).isEqualTo(8); // the oracle takes no part
      site.run(cores, Progress.silent());
      return Files.readAllLines(run.publish().resolve("site.csv"));
    }
  }

  @Test
  void writesARowForEveryWayAndTheSameOnAnyCountOfCores() throws IOException {
    List<String> rows = run("one", 1);
    assertThat(rows).hasSize(5);
    assertThat(rows.get(0))
        .startsWith("planner,targeting,seeds,mean_latency_ms,mean_latency_ms_sd");
    assertThat(rows.get(4)).startsWith("cleave{hedge=off},swap-matching,2,");
    assertThat(run("two", 2)).isEqualTo(rows);
    assertThat(folder.resolve("one/manifest.json")).exists();
  }

  @Test
  void matchingTogetherIsBetterThanGreedWhereServersAreScarce() throws IOException {
    List<String> rows = run("scarce", 2);
    assertThat(mean(rows.get(4))).isLessThan(mean(rows.get(3))); // greedy
    assertThat(mean(rows.get(4))).isLessThan(mean(rows.get(2))); // random
  }

  private static double mean(String row) {
    return Double.parseDouble(row.split(",", -1)[3]);
  }

  @Test
  void drawsEqualSitesForEqualSeeds() throws IOException {
    SiteMaker maker = new SiteMaker(experiment());
    SiteScenario site = maker.site(1);
    assertThat(site.devices().stream().map(SiteRunTest::drawn).toList())
        .isEqualTo(maker.site(1).devices().stream().map(SiteRunTest::drawn).toList())
        .isNotEqualTo(maker.site(2).devices().stream().map(SiteRunTest::drawn).toList());
    assertThat(site.devices()).allSatisfy(each -> assertThat(each.servers()).hasSize(2));
  }

  private static String drawn(Scenario device) {
    return "%s %s %s"
        .formatted(
            device.workload().demand().framesPerSecond(),
            device.servers().get(0).machine().name(),
            device.servers().get(0).link().up().rateAt(0));
  }
}
