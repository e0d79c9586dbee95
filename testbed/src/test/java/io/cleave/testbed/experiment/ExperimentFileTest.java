package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.plan.Weights;
import io.cleave.testbed.settings.Setting;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTest {
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();
  private static final Setting.Fields NOTHING = new Setting.Fields("nothing", Map.of());

  @TempDir Path folder;

  private Experiment read(String yaml) {
    try {
      Path file = Files.writeString(folder.resolve("mine.yaml"), yaml);
      return ExperimentFile.read(file, NOTHING, CATALOG);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void defaultExperimentIsThreeNetworksOverTheSixTestTraces() {
    Experiment standard = ExperimentFile.standard(NOTHING, CATALOG);
    assertThat(standard.name()).isEqualTo("replay");
    assertThat(standard.inputs().networks())
        .extracting(Network::name)
        .containsExactly("alexnet", "resnet18", "tiny-yolov2");
    assertThat(standard.inputs().traces())
        .extracting(Trace::name)
        .containsExactlyInAnyOrder(
            "belgium-4g-tram",
            "belgium-4g-train-outage",
            "norway-3g-bus",
            "lte-att-driving",
            "umts-tmobile-driving",
            "fcc-fixed-line");
    assertThat(standard.contest().planners())
        .extracting(PlannerSpec::name)
        .containsAll(
            CATALOG.names().stream()
                .filter(each -> !CATALOG.create(PlannerSpec.parse(each), plan -> 0).knowsExits())
                .toList());
    assertThat(standard.contest().seeds()).isEqualTo(5);
  }

  @Test
  void aFileNamesOnlyWhatItWantsOtherwise() {
    Experiment mine = read("seeds: 2\ndemand: {deadline-ms: 300}\n");
    assertThat(mine.name()).isEqualTo("mine");
    assertThat(mine.contest().seeds()).isEqualTo(2);
    assertThat(mine.conduct().demands().get(0).deadlineSeconds()).isEqualTo(0.3);
    assertThat(mine.inputs().networks()).hasSize(3);
  }

  /** 5.1 W of a Pi 3B: a weight of a half is 1 / 5.1 s a joule. */
  @Test
  void energyMayBeWeighedInSeveralWays() {
    Experiment mine =
        read("demand: {energy-weight: [0, 0.5, 1], deadline-ms: [1000, none]}\nseeds: 1\n");
    assertThat(mine.conduct().demands()).hasSize(6);
    assertThat(mine.conduct().demands().get(1).weights().perJoule())
        .isCloseTo(1 / 5.1, within(1e-12));
    assertThat(mine.cells().stream().map(Cell::course).distinct().limit(3))
        .containsExactly(
            "belgium-4g-train-outage in 1000 ms at weight 0.000",
            "belgium-4g-train-outage in 1000 ms at weight 0.500",
            "belgium-4g-train-outage in 1000 ms at weight 1.000");
    List<Cell> cells = mine.cells();
    for (int place = 0; place < cells.size(); place++) {
      Cell told = cells.get(mine.told(place, planner -> planner.name().equals("dads")));
      Cell cell = cells.get(place);
      boolean blind = cell.planner().name().equals("dads");
      assertThat(told.planner()).isEqualTo(cell.planner());
      assertThat(told.seed()).isEqualTo(cell.seed());
      assertThat(told.trace().name()).isEqualTo(cell.trace().name());
      assertThat(told.demand().deadlineSeconds()).isEqualTo(cell.demand().deadlineSeconds());
      assertThat(told.demand().weights().perJoule())
          .isEqualTo(blind ? 0 : cell.demand().weights().perJoule());
    }
  }

  /** At each weight of energy alike. */
  @Test
  void rightAnswersAndServersSecondsHaveAPrice() {
    assertThat(read("seeds: 1\n").conduct().demands().get(0).weights()).isEqualTo(Weights.TIME);
    Experiment mine =
        read(
            "demand: {energy-weight: [0, 0.5], seconds-per-point: 0.25, seconds-per-server-second: 3}\n");
    assertThat(mine.conduct().demands())
        .extracting(demand -> demand.weights().perPoint())
        .containsExactly(0.25, 0.25);
    assertThat(mine.conduct().demands())
        .extracting(demand -> demand.weights().perServerSecond())
        .containsExactly(3.0, 3.0);
    assertThatThrownBy(() -> read("demand: {seconds-per-point: -1}\n"))
        .hasMessageContaining("seconds-per-point must be a number of at least 0, not \"-1\"");
  }

  @Test
  void energyIsWeighedInOneWayOfTwo() {
    assertThatThrownBy(() -> read("demand: {energy-weight: 0.5, seconds-per-joule: 1}\n"))
        .hasMessageContaining("says it already");
    assertThatThrownBy(() -> read("demand: {energy-weight: 2}\n"))
        .hasMessageContaining("from 0 to 1");
  }

  @Test
  void aSplitMayStandBesideOtherTraces() {
    assertThat(read("traces: [lte-tmobile, {split: validation}]\n").inputs().traces())
        .extracting(Trace::name)
        .containsExactly("lte-tmobile", "belgium-4g-foot", "norway-3g-metro", "lte-verizon");
  }

  @Test
  void cellsAreInTheOrderModelTracePlannerSeed() {
    Experiment mine =
        read(
            """
            models: [alexnet, nin]
            traces: [norway-3g-bus, lte-att-driving]
            planners: [local, oracle]
            seeds: 2
            """);
    assertThat(mine.cells()).hasSize(16);
    Cell tenth = mine.cells().get(9); // 8 of alexnet, then seeds 1 and 2 of nin on the bus, local
    assertThat(tenth.network().name()).isEqualTo("nin");
    assertThat(tenth.trace().name()).isEqualTo("norway-3g-bus");
    assertThat(tenth.planner()).hasToString("local");
    assertThat(tenth.seed()).isEqualTo(2);
  }

  @Test
  void addsTheOracleThatAllAreMeasuredAgainst() {
    assertThat(read("planners: [dads]").contest().planners())
        .extracting(PlannerSpec::toString)
        .containsExactly("dads", "oracle");
  }

  @Test
  void readsPlannersWithOptionsInBothForms() {
    assertThat(
            read("planners:\n  - cleave{hedge=0}\n  - cleave: {hedge: off, table: on}\n")
                .contest()
                .planners())
        .extracting(PlannerSpec::toString)
        .containsExactly("cleave{hedge=0}", "cleave{hedge=off,table=on}", "oracle");
  }

  @Test
  void readsTraceFilesRelativeToItsFolderAndPiecesOfThem() throws IOException {
    Files.writeString(folder.resolve("walk.txt"), "0.0 4\n10.0 2\n20.0 6\n30.0 6\n");
    Experiment mine =
        read(
            "traces:\n  - walk.txt\n  - {file: walk.txt, name: half, from-seconds: 5, seconds: 10}\n");
    assertThat(mine.inputs().traces()).extracting(Trace::name).containsExactly("walk", "half@5+10");
    Trace half = mine.inputs().traces().get(1);
    assertThat(half.periodSeconds()).isEqualTo(10);
    assertThat(half.up().rateAt(0)).isEqualTo(mine.inputs().traces().get(0).up().rateAt(5));
    assertThat(half.up().rateAt(9)).isEqualTo(mine.inputs().traces().get(0).up().rateAt(14));
  }

  @Test
  void seededLoadIsAnotherForEachSeedAndTheSameForEachPlanner() {
    Experiment mine = read("planners: [local, dads]\nseeds: 2\nmodels: [alexnet]");
    assertThat(mine.scenario(mine.cells().get(0)).servers().get(0).load())
        .isEqualTo(mine.scenario(mine.cells().get(2)).servers().get(0).load())
        .isNotEqualTo(mine.scenario(mine.cells().get(1)).servers().get(0).load());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sedes: 3 | mine.yaml line 1: there is no key \"sedes\". Maybe you mean \"seeds\".",
        "seeds: 0 | mine.yaml line 1: seeds must be a number from 1 to",
        "servers: [] | \"servers\" needs at least one entry",
        "models: [alexnet, 'zoo:alexnet'] | \"alexnet\" stands twice under models.",
        "models: [zoo:alexnett] | alexnet",
        "device: raspberry-pi | There is no device class 'raspberry-pi'",
        "planners: [dad] | Maybe dads was meant",
        "'planners: [\"cleave{hegde=0}\"]' | Maybe hedge was meant",
        "traces: [norway-3g-buss] | Maybe you mean 'norway-3g-bus'",
        "traces: {split: tset} | split must be one of [train, validation, test]",
        "'traces: [{name: norway-3g-bus, from-seconds: 290, seconds: 60}]' | does not lie within",
        "arrivals: {kind: bursty} | kind must be one of [periodic, poisson]",
        "demand: {deadline-ms: 0} | must be a number above 0, or \"none\"",
        "demand: 5 | \"demand\" needs keys of its own",
        "switching: {min-gain: 5} | min-gain must be a number of at least 0 and below 1",
        "'servers: [{class: desktop, load: busy}]' | a load must be idle, seeded",
        "device: {class: laptop, memory-mib: 0} | memory-mib must be a number above 0",
        "device: {class: laptop, memory-mib: lots} | or \"unlimited\"",
        "device: {class: laptop, memory-mib: 0.1} | alexnet needs 23",
        "device: {class: laptop, memory-mib: 0.1} | on device alone, which has 0.1 MiB",
        "name: a/b | a name is made of letters",
        "seconds: -3 | must be a number above 0"
      })
  void saysWhatIsWrongAndWhere(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .hasMessageContaining(message)
        .hasMessageContaining("mine.yaml line 1")
        .hasMessageNotContaining("\n");
  }
}
