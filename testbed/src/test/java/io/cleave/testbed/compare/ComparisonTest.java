package io.cleave.testbed.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.traces.TraceLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final Plan LOCAL = Plan.local(GRAPH);
  private static final Plan SPLIT = Plan.split(GRAPH, LayerSet.range(0, 3), 1);
  private static final Plan LATER = Plan.split(GRAPH, LayerSet.range(0, 5), 1);
  private static final Cell CELL =
      new Cell(
          new Network("small-chain", "zoo:small-chain", GRAPH),
          TraceLibrary.builtIn().trace("belgium-4g-tram"),
          "belgium-4g-tram",
          new Demand(1, 2, 0),
          PlannerSpec.parse("cleave"),
          1);
  private static final Corrections NONE = new Corrections(1, List.of(1.0));

  @TempDir Path folder;

  private static FrameRecord frame(long number, double seconds, double promised, Plan plan) {
    return new FrameRecord(
        number,
        number + 0.5,
        seconds,
        plan,
        new FrameRecord.Outcome(promised, plan.isLocal() ? 0 : 8000, 2, 0, false, 0),
        Optional.empty());
  }

  /** Measured 1.0, 2.0 and 4.0 s. */
  private static Comparison comparison() {
    return new Comparison(
        CELL,
        List.of(
            new FramePair(
                frame(0, 1.0, 1.1, LOCAL),
                frame(0, 1.5, 0, LOCAL),
                frame(0, 1.2, 0, LOCAL),
                frame(0, 1.0, 0, LOCAL)),
            new FramePair(
                frame(1, 2.0, 1.6, SPLIT),
                frame(1, 2.2, 0, SPLIT),
                frame(1, 2.1, 0, SPLIT),
                frame(1, 2.0, 0, SPLIT)),
            new FramePair(
                frame(2, 4.0, 4.4, SPLIT),
                frame(2, 8.0, 0, LATER),
                frame(2, 3.0, 0, LATER),
                frame(2, 3.9, 0, SPLIT))),
        NONE);
  }

  @Test
  void errorsAreSharesOfWhatWasMeasured() {
    Comparison comparison = comparison();
    // Promised: 10, 20 and 10 %; simulated: 50, 10 and 100 %; calibrated: 20, 5, 25; repriced: 0,
    // 0, 2.5.
    assertThat(comparison.errorsPercent(Prediction.PROMISED).percentile(0.5))
        .isEqualTo(10, offset(1e-9));
    assertThat(comparison.errorsPercent(Prediction.PROMISED).percentile(0.95))
        .isEqualTo(20, offset(1e-9));
    assertThat(comparison.errorsPercent(Prediction.SIMULATED).percentile(0.5))
        .isEqualTo(50, offset(1e-9));
    assertThat(comparison.errorsPercent(Prediction.CALIBRATED).percentile(0.5))
        .isEqualTo(20, offset(1e-9));
    assertThat(comparison.errorsPercent(Prediction.REPRICED).percentile(0.95))
        .isEqualTo(2.5, offset(1e-9));
  }

  @Test
  void decisionsAreComparedFrameByFrameAndByShare() {
    Comparison comparison = comparison();
    assertThat(comparison.samePlanPercent()).isEqualTo(200.0 / 3, offset(1e-9));
    // One of three frames went another way.
    assertThat(comparison.cutDistancePercent()).isEqualTo(100.0 / 3, offset(1e-9));
    assertThat(comparison.measured(Quantity.SWITCHES)).isEqualTo(1);
    assertThat(comparison.simulated(Quantity.SWITCHES)).isEqualTo(2);
  }

  @Test
  void quantitiesAreOfTheWholeRun() {
    Comparison comparison = comparison();
    // Measured (1 + 2 + 4) / 3 s, simulated (1.2 + 2.1 + 3) / 3 s.
    assertThat(comparison.measured(Quantity.MEAN_LATENCY)).isEqualTo(7000.0 / 3, offset(1e-9));
    assertThat(comparison.errorPercent(Quantity.MEAN_LATENCY)).isEqualTo(10, offset(1e-9));
    assertThat(comparison.errorPercent(Quantity.UPLINK)).isZero();
    assertThat(comparison.errorPercent(Quantity.HEDGE_WON)).isZero();
  }

  @Test
  void onlyTheSameFrameIsCompared() {
    FrameRecord one = frame(1, 1, 1, LOCAL);
    assertThatThrownBy(() -> new FramePair(one, one, one, frame(2, 1, 1, LOCAL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 1, 1, 1 and 2");
  }

  @Test
  void filesHaveNoEmptyCells() throws IOException {
    Path cells = folder.resolve("compare.csv");
    Path frames = folder.resolve("compare-frames.csv");
    CompareCsv.write(cells, List.of(comparison()));
    PairsCsv.write(frames, List.of(comparison()), List.of("server-1"));
    for (Path file : List.of(cells, frames)) {
      List<String> lines = Files.readAllLines(file);
      int columns = lines.get(0).split(",", -1).length;
      for (String line : lines) {
        assertThat(line.split(",", -1)).hasSize(columns).doesNotContain("");
      }
    }
    assertThat(Files.readAllLines(frames)).hasSize(4);
  }

  private static FrameRecord shown(long number, int exit, boolean right) {
    FrameRecord plain = frame(number, 1, 1, LOCAL);
    return new FrameRecord(
        number,
        plain.arrivalSeconds(),
        plain.latencySeconds(),
        plain.plan(),
        plain.outcome(),
        Optional.of(new FrameRecord.Answered(7, exit, right)));
  }

  @Test
  void answersAreComparedWhereTheyAreKnown() {
    FramePair same =
        new FramePair(shown(0, 1, true), shown(0, 2, true), shown(0, 2, true), shown(0, 1, true));
    FramePair other =
        new FramePair(shown(1, 1, false), shown(1, 2, true), shown(1, 2, true), shown(1, 2, true));
    Comparison labelled = new Comparison(CELL, List.of(same, other), NONE);
    assertThat(labelled.sameAnswerPercent()).isEqualTo(50);
    assertThat(labelled.measured(Quantity.RIGHT)).isEqualTo(50);
    assertThat(labelled.simulated(Quantity.RIGHT)).isEqualTo(100);
    assertThat(labelled.measured(Quantity.MEAN_EXIT)).isEqualTo(1);
    assertThat(CompareTable.lines(List.of(labelled)).get(0)).contains("right %", "same answer");
    assertThat(CompareTable.lines(List.of(labelled)).get(2)).contains("50.0 / 100.0", "50.0 %");
    assertThat(comparison().labelled()).isFalse();
    assertThat(comparison().measured(Quantity.RIGHT)).isNaN();
    assertThat(comparison().sameAnswerPercent()).isNaN();
    assertThat(CompareTable.lines(List.of(comparison())).get(0)).doesNotContain("right %");
  }

  @Test
  void tableIsMarkdown() {
    List<String> lines = CompareTable.lines(List.of(comparison(), comparison()));
    assertThat(lines).hasSize(5);
    assertThat(lines).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
    assertThat(lines).extracting(String::length).containsOnly(lines.get(0).length());
    assertThat(lines.get(2)).contains("10.0 / 20.0 %").contains("2333 / 2100");
  }
}
