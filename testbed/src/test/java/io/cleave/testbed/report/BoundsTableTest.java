package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsTableTest {
  @TempDir private Path run;

  @Test
  void saysNothingOfRunsWithoutBounds() {
    assertThat(BoundsTable.lines(run)).isEmpty();
    assertThat(BoundsTable.html(run)).isEmpty();
  }

  @Test
  void saysOfEachPlannerWhatIsBounded() throws IOException {
    Files.writeString(
        run.resolve("bounds.csv"),
        """
        model,trace,planner,latency_bound_ms,late_percent,foretold_late_percent,loss_bound_points,lost_points,power_bound_w,mean_power_w
        net,bus,a<b,300.000,20.000,10.000,Infinity,NaN,2.0000,1.5000
        net,car,a<b,300.000,30.000,20.000,Infinity,NaN,2.0000,2.5000
        net,bus,cleave,300.000,1.000,0.000,Infinity,NaN,2.0000,1.0000
        """);
    assertThat(BoundsTable.lines(run))
        .anySatisfy(
            line ->
                assertThat(line).contains("later than " + Words.time(300), "foretold", "2.00 W"))
        .anySatisfy(
            line ->
                assertThat(line).contains("a<b", Words.percent(25), Words.percent(15), "2.00 W"))
        .noneSatisfy(line -> assertThat(line).contains("points"));
    assertThat(BoundsTable.html(run))
        .contains(
            "<th scope=\"row\">a&lt;b</th><td>" + Words.percent(25) + "</td>", "<td>1.00 W</td>");
  }
}
