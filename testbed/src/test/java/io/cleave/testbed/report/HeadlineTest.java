package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadlineTest {
  private static final String HEADER =
      "planner,role,cells,mean_latency_ms,p99_latency_ms,energy_j_per_frame,hedge_energy_j_per_frame,gap_closed_percent,worst_beyond_local_ms,right_in_time_percent\n";

  @TempDir Path folder;

  /** Of networks without exits. */
  private List<String> sentences(String rows) throws IOException {
    return ofExits(rows.replace("\n", ",NaN\n"));
  }

  private List<String> ofExits(String rows) throws IOException {
    Path file = Files.writeString(folder.resolve("overall.csv"), HEADER + rows);
    return new Headline(Overall.read(file)).sentences();
  }

  @Test
  void comparesOurPlannerWithTheBestPublishedMethodAndTheOracle() throws IOException {
    List<String> sentences =
        sentences(
            """
            dads,published,90,250,900,2,0,-50,70
            qdmp,published,90,200,1000,2,0,0,1500
            cleave,own,90,150,400,2,0.5,50,1
            cleave{hedge=off},own,90,190,950,2,0,10,60
            oracle,clairvoyant,90,100,300,1,0,100,-5
            """);
    // 150 is 50 below 200 (25 %) and 50 above 100 (50 %); dads has the lower p99 of the published.
    assertThat(sentences)
        .containsExactly(
            "Cleave answers in 150 ms on average, 50 ms (25 %) faster than qdmp, the best published"
                + " method, and 50 ms (50 %) slower than an oracle that knows the future.",
            "It closes 50 % of the gap between qdmp and the oracle.",
            "One frame in a hundred takes 400 ms or longer, against 900 ms for dads, the best"
                + " published method in that respect.",
            "No frame was later than on the device alone by more than 1.0 ms; under qdmp one was 1.50"
                + " s later.",
            "The device spends 2.00 J a frame; 0.50 J of it (25 %) is hedging: computing beside an"
                + " answer that is awaited.",
            "All this over the 90 cells of network, trace and seed in which the best cut changes at"
                + " least once.");
  }

  @Test
  void saysSoWhenOurPlannerIsWorse() throws IOException {
    List<String> sentences =
        sentences(
            """
            qdmp,published,1,200,1000,2,0,0,NaN
            cleave,own,1,220,400,2,0,-20,NaN
            oracle,clairvoyant,1,100,300,1,0,100,-5
            """);
    assertThat(sentences.get(0)).contains("20 ms (10 %) slower than qdmp");
    assertThat(sentences.get(1))
        .isEqualTo("It opens the gap between qdmp and the oracle by another 20 %.");
  }

  @Test
  void leavesOutAMarginOfNothing() throws IOException {
    List<String> sentences = sentences("cleave,own,1,220,400,2,0,-20,0.000\n");
    assertThat(sentences).contains("No frame was later than on the device alone.");
  }

  @Test
  void saysSoWhenThereIsNothingToPlan() throws IOException {
    assertThat(sentences("oracle,clairvoyant,0,NaN,NaN,NaN,NaN,NaN,NaN\n").get(0))
        .contains("never changes");
  }

  @Test
  void saysFirstHowManyAreRightAndInTimeIfThereAreExits() throws IOException {
    List<String> sentences =
        ofExits(
            """
            ddnn,published,90,80,200,2,0,0,70,86.6
            branchynet,published,90,70,900,2,0,0,70,71
            joint,own,90,120,400,2,0,-50,1,90.4
            oracle,clairvoyant,90,300,300,1,0,100,-5,46
            """);
    assertThat(sentences.get(0))
        .isEqualTo(
            "Joint answers 90.4 % of the frames rightly and in time; ddnn, the best published method"
                + " in that respect, 86.6 %.");
    assertThat(sentences.get(1)).contains("50 ms (71 %) slower than branchynet");
  }
}
