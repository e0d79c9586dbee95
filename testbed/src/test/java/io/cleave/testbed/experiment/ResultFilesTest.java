package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.plan.Bounds;
import io.cleave.testbed.experiment.CellFigures.Cost;
import io.cleave.testbed.experiment.CellFigures.Spread;
import io.cleave.testbed.experiment.Results.Course;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  private static final Map<String, Origin> ROLES =
      Map.of(
          "dads",
          Origin.PUBLISHED,
          "qdmp",
          Origin.PUBLISHED,
          "cleave",
          Origin.OWN,
          "oracle",
          Origin.CLAIRVOYANT);

  @TempDir Path folder;

  private static CellFigures cell(double mean, long switches) {
    return new CellFigures(
        10,
        new Spread(mean, mean, mean, 2 * mean),
        new Cost(0.5, 1, 0.25, 1000, 0),
        CellFigures.Answers.UNKNOWN,
        switches,
        new CellFigures.Kept(mean / 1000, mean / 2000, Double.NaN, mean / 100));
  }

  /** Two seeds on "tram"; one on "wire", where the oracle never changes its mind. */
  private static Results results() {
    Results results = new Results("oracle");
    Course tram = new Course("alexnet", "tram");
    add(results, tram, 1, 140, 120, 105, cell(100, 3));
    add(results, tram, 2, 160, 140, 115, cell(100, 4));
    add(results, new Course("alexnet", "wire"), 1, 900, 900, 900, cell(50, 0));
    return results;
  }

  private static void add(
      Results results,
      Course course,
      long seed,
      double dads,
      double qdmp,
      double own,
      CellFigures best) {
    results.add(course, "dads", seed, cell(dads, 9));
    results.add(course, "qdmp", seed, cell(qdmp, 9));
    results.add(course, "cleave", seed, cell(own, 5));
    results.add(course, "oracle", seed, best);
  }

  private static List<String> column(Path file, String name) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int place = List.of(lines.get(0).split(",", -1)).indexOf(name);
    return lines.stream().skip(1).map(line -> line.split(",", -1)[place]).toList();
  }

  private BeyondLocal frames(String rows) throws IOException {
    String header = "model,trace,planner,seed,frame,latency_ms\n";
    return BeyondLocal.of(Files.writeString(folder.resolve("frames.csv"), header + rows));
  }

  @Test
  void worstFrameIsComparedWithTheSameFrameOnTheDeviceAlone() throws IOException {
    BeyondLocal beyond =
        frames(
            """
            a,t,early,1,0,900
            a,t,local,1,0,100
            a,t,local,1,1,200
            a,t,dads,1,0,140
            a,t,dads,1,1,190
            a,u,local,1,0,300
            a,u,dads,1,0,250
            """);
    // dads: +40, -10, -50.
    assertThat(beyond.millis("dads")).isEqualTo(40);
    assertThat(beyond.millis("local")).isZero();
    assertThat(beyond.millis("early")).isNaN();
    assertThat(beyond.millis("nobody")).isNaN();
  }

  @Test
  void summaryHoldsMeanAndSpreadOverTheSeeds() throws IOException {
    Path file = folder.resolve("summary.csv");
    SummaryCsv.write(file, results());
    // dads on tram: 140 and 160, mean 150, deviation sqrt((100 + 100) / 1) = 14.142.
    assertThat(column(file, "mean_latency_ms").get(0)).isEqualTo("150.000");
    assertThat(column(file, "mean_latency_ms_sd").get(0)).isEqualTo("14.142");
    assertThat(column(file, "frames").get(0)).isEqualTo("20");
    // One seed has no spread.
    assertThat(column(file, "mean_latency_ms_sd").get(4)).isEqualTo("NaN");
  }

  @Test
  void summaryHoldsRegretToTheOracleOfTheSameSeed() throws IOException {
    Path file = folder.resolve("summary.csv");
    SummaryCsv.write(file, results());
    // cleave on tram: 5 and 15 ms beyond 100 ms.
    assertThat(column(file, "regret_ms").get(2)).isEqualTo("10.000");
    assertThat(column(file, "regret_percent").get(2)).isEqualTo("10.000");
    assertThat(column(file, "regret_ms").get(3)).isEqualTo("0.000");
  }

  @Test
  void overallCountsOnlyCellsInWhichTheBestCutChanges() throws IOException {
    Path file = folder.resolve("overall.csv");
    OverallCsv.write(file, results(), ROLES, frames(""));
    assertThat(column(file, "cells")).containsOnly("2");
    // cleave: (105 + 115) / 2; the 900 on "wire" is not in it.
    assertThat(column(file, "mean_latency_ms").get(2)).isEqualTo("110.000");
    assertThat(column(file, "p99_latency_ms").get(2)).isEqualTo("220.000");
  }

  @Test
  void gapIsThatBetweenTheBestPublishedMethodAndTheOracle() throws IOException {
    Path file = folder.resolve("overall.csv");
    OverallCsv.write(file, results(), ROLES, frames(""));
    // qdmp is best with 130, the oracle has 100; cleave with 110 closes 20 of 30, dads opens 20.
    assertThat(column(file, "gap_closed_percent"))
        .containsExactly("-66.67", "0.00", "66.67", "100.00");
  }

  @Test
  void overallSaysNaNWhereNoBestCutEverChanges() throws IOException {
    Results still = new Results("oracle");
    add(still, new Course("alexnet", "wire"), 1, 900, 900, 900, cell(50, 0));
    Path file = folder.resolve("overall.csv");
    OverallCsv.write(file, still, ROLES, frames(""));
    assertThat(column(file, "cells")).containsOnly("0");
    assertThat(column(file, "mean_latency_ms")).containsOnly("NaN");
    assertThat(column(file, "gap_closed_percent")).containsOnly("NaN");
  }

  @Test
  void boundsAreTheMeanOverSeeds() throws IOException {
    Path file = folder.resolve("bounds.csv");
    BoundsCsv.write(file, new Bounds(0.3, Double.POSITIVE_INFINITY, 2), results());
    assertThat(Files.readAllLines(file))
        .hasSize(1 + 8)
        .contains(
            "alexnet,tram,dads,300.000,15.000,7.500,Infinity,NaN,2.0000,1.5000",
            "alexnet,wire,oracle,300.000,5.000,2.500,Infinity,NaN,2.0000,0.5000");
  }
}
