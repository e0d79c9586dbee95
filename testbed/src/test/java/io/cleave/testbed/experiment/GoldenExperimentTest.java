package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixty seconds under every planner, compared as text with what was kept. Run with {@code
 * -Dgolden.update=true} to keep what comes out now, and review the difference as behaviour.
 */
class GoldenExperimentTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();

  @TempDir Path temporary;

  private static Experiment experiment(String name) {
    Setting.Fields nothing = new Setting.Fields("nothing", Map.of());
    return ExperimentFile.read(GOLDEN.resolve(name + ".yaml"), nothing, CATALOG);
  }

  private Path run(Experiment experiment, String folder, int threads) {
    try (RunFolder run = RunFolder.at(temporary.resolve(folder))) {
      new ExperimentRun(experiment, CATALOG, run).run(threads, Progress.silent());
      return run.publish();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tram", "outage", "driving", "exits"})
  void summaryIsAsKept(String name) throws IOException {
    String summary = Files.readString(run(experiment(name), name, 2).resolve("summary.csv"));
    Path kept = GOLDEN.resolve(name + ".csv");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(kept, summary);
    }
    assertThat(summary).isEqualTo(Files.readString(kept));
  }

  /** Those that know exits where there are some, all others where there are none. */
  @ParameterizedTest
  @ValueSource(strings = {"tram", "outage", "driving", "exits"})
  void everyPlannerOfTheCatalogueTakesPart(String name) {
    Experiment experiment = experiment(name);
    boolean exits = experiment.inputs().networks().get(0).exits().isPresent();
    assertThat(experiment.contest().planners())
        .extracting(PlannerSpec::name)
        .containsAll(CATALOG.names().stream().filter(each -> knowsExits(each) == exits).toList());
  }

  private static boolean knowsExits(String planner) {
    return CATALOG.create(PlannerSpec.parse(planner), plan -> 0).knowsExits();
  }

  @Test
  void sameExperimentGivesTheSameBytesOnAnyCountOfThreads() throws IOException {
    Path one = run(experiment("outage"), "one", 1);
    Path three = run(experiment("outage"), "three", 3);
    for (String file : new String[] {"frames.csv", "summary.csv", "overall.csv", "manifest.json"}) {
      assertThat(three.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  @Test
  void writtenSettingsRunTheSameAgain() throws IOException {
    Path first = run(experiment("driving"), "first", 2);
    Setting.Fields nothing = new Setting.Fields("nothing", Map.of());
    Experiment again = ExperimentFile.read(first.resolve("experiment.yaml"), nothing, CATALOG);
    assertThat(run(again, "again", 2).resolve("frames.csv"))
        .hasSameBinaryContentAs(first.resolve("frames.csv"));
  }

  @Test
  void leavesNoPartsOfFramesBehind() throws IOException {
    Path run = run(experiment("tram"), "whole", 2);
    try (var files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "frames.csv", "summary.csv", "overall.csv", "manifest.json", "experiment.yaml");
    }
  }
}
