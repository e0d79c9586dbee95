package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergySectionTest {
  @TempDir private Path run;

  @Test
  void saysNothingOfRunsThatWeighEnergyInOneWay() {
    assertThat(EnergySection.html(run)).isEmpty();
  }

  @Test
  void drawsAPictureForEachNetworkAndTrace() throws IOException {
    Files.writeString(
        run.resolve("energy-fronts.csv"),
        """
        planner,role,cells
        local,baseline,2
        cleave,own,2
        """);
    Files.writeString(
        run.resolve("energy.csv"),
        """
        model,trace,planner,energy_weight,mean_latency_ms,energy_j_per_frame,on_own_front
        net,a<b,local,0.000,150.000,3.50000,1
        net,a<b,remote,0.000,9000.000,3.50000,1
        net,a<b,cleave,0.000,100.000,4.00000,1
        net,a<b,cleave,0.500,200.000,3.00000,1
        net,a<b,cleave,1.000,201.000,3.50000,0
        net,bus,cleave,0.000,100.000,2.00000,1
        """);
    String html = EnergySection.html(run);
    assertThat(html).contains("<figcaption>net, a&lt;b</figcaption>", "<figcaption>net, bus<");
    // Fronts go from 100 to 200 ms and 3 to 4 J, with 8 % more on each side: of 290 pixels from 62
    // on 8/116 and 108/116, of 190 from 10 on the same.
    assertThat(html).contains("<path class=\"o0\" d=\"M82.0 23.1L332.0 186.9\"/>");
    assertThat(html).contains("<title>local at weight 0.0: 150 ms, 3.50 J</title>");
    assertThat(html).doesNotContain("remote at weight").doesNotContain("201 ms, 3.50 J");
  }
}
