package io.cleave.testbed.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SiteScenario;
import io.cleave.traces.Capacity;
import io.cleave.traces.TraceLibrary;
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
    return experiment(YAML);
  }

  private Experiment experiment(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), yaml);
    Setting.Fields unchanged = new Setting.Fields("here", Map.of());
    return ExperimentFile.read(file, unchanged, PlannerCatalog.standard());
  }

  private List<String> run(String name, int cores) throws IOException {
    try (RunFolder run = RunFolder.at(folder.resolve(name))) {
      SiteRun site = new SiteRun(experiment(), PlannerCatalog.standard(), run);
      assertThat(site.cells()).isEqualTo(10); // the oracle chooses for itself
      site.run(cores, Progress.silent());
      return Files.readAllLines(run.publish().resolve("site.csv"));
    }
  }

  @Test
  void writesARowForEveryWayAndTheSameOnAnyCountOfCores() throws IOException {
    List<String> rows = run("one", 1);
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0))
        .startsWith("planner,targeting,seeds,mean_latency_ms,mean_latency_ms_sd");
    assertThat(rows.get(4)).startsWith("cleave{hedge=off},swap-matching,2,");
    assertThat(rows.get(5)).startsWith("oracle,each,2,");
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

  @Test
  void aDeviceThatMovesHasOtherLinksFromThenOn() throws IOException {
    String event =
        """
          events:
            - {at-seconds: 8, device: device-3, trace: norway-3g-ferry}
        models:""";
    SiteScenario before = new SiteMaker(experiment()).site(1);
    SiteScenario after = new SiteMaker(experiment(YAML.replace("models:", event))).site(1);
    for (int device = 0; device < 30; device++) {
      for (int server = 0; server < 2; server++) {
        Capacity was = before.devices().get(device).servers().get(server).link().up();
        Capacity is = after.devices().get(device).servers().get(server).link().up();
        assertThat(is.rateAt(7.9)).isEqualTo(was.rateAt(7.9));
        double moved = TraceLibrary.builtIn().trace("norway-3g-ferry").up().rateAt(0.5);
        assertThat(is.rateAt(8.5)).isEqualTo(device == 2 ? moved : was.rateAt(8.5));
      }
    }
  }

  @Test
  void saysWhatIsWrongWithAnEvent() {
    refused("{at-seconds: 8, lost: fog}", "servers are server-1, server-2, server-3, not \"fog\"");
    refused("{at-seconds: 0, lost: server-1}", "at-seconds must be a number above 0");
    refused("{at-seconds: 8, device: cam}", "devices are device-1 to device-30, not \"cam\"");
    refused("lost", "an event is a server that is lost");
    refused("{at-seconds: 8, gone: server-1}", "there is no key \"gone\"");
  }

  private void refused(String event, String why) {
    String events = "  events: [%s]\nmodels:".formatted(event);
    assertThatThrownBy(() -> experiment(YAML.replace("models:", events)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }

  @Test
  void devicesComeAndGoAndServersDie() throws IOException {
    String course =
        """
          churn: {stay-seconds: 5, away-seconds: 5}
          events: [{at-seconds: 8, lost: server-1}]
        models:""";
    SiteScenario site = new SiteMaker(experiment(YAML.replace("models:", course))).site(1);
    assertThat(site.losses()).isEqualTo(Map.of("server-1", 8.0));
    assertThat(site.devices().stream().filter(each -> each.workload().presence().at(0)))
        .hasSizeBetween(5, 25);
    SiteScenario always = new SiteMaker(experiment()).site(1);
    for (int device = 0; device < 30; device++) { // else they are the same devices
      assertThat(drawn(site.devices().get(device))).isEqualTo(drawn(always.devices().get(device)));
    }
  }

  @Test
  void saysWhatIsWrongWithComingAndGoing() {
    String churn = "  churn: {stay-seconds: 0, away-seconds: 5}\nmodels:";
    assertThatThrownBy(() -> experiment(YAML.replace("models:", churn)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("stay-seconds must be a number from 0.1 to 1e6");
  }

  @Test
  void saysWhatIsWrongWithACapacity() {
    assertThatThrownBy(() -> experiment(YAML.replace("model-megabytes: 100", "access-mbps: 0")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("access-mbps must be a number above 0");
    assertThatThrownBy(() -> experiment(YAML.substring(YAML.indexOf("models:"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("capacities bind at a site of many devices");
  }

  private static String drawn(Scenario device) {
    return "%s %s %s"
        .formatted(
            device.workload().demand().framesPerSecond(),
            device.servers().get(0).machine().name(),
            device.servers().get(0).link().up().rateAt(0));
  }
}
