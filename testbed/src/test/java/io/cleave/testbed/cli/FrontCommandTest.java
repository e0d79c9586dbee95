package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrontCommandTest {
  @TempDir private Path folder = Path.of("");

  private Spoken front(String... more) {
    String[] always = {
      "front", "--model", "zoo:alexnet", "--trace", "lte-tmobile", "--out", picture().toString()
    };
    return Spoken.to(Stream.of(always, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Path picture() {
    return folder.resolve("front.svg");
  }

  @Test
  void showsATableAPictureAndOneChosenPlan() throws Exception {
    Spoken said = front("--energy-weight", "0.5", "--codec", "fp32");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("alexnet on raspberry-pi-3b over lte-tmobile at", "points lost", "of it hedging")
        .contains("local", "Picture: ")
        .doesNotContain("No plan keeps", "fp16");
    assertThat(said.out().lines().filter(line -> line.startsWith("->"))).hasSize(1);
    byte[] svg = Files.readAllBytes(picture());
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .contains("Seconds until the answer", "Joules of the device", "line c1");
  }

  @Test
  void aBoundThatCannotBeKeptIsSaidWithTheNearestPlan() {
    assertThat(front("--within-ms", "20").out())
        .contains("No plan keeps the bounds. The nearest takes 0.1")
        .contains("s instead of 0.02000 s.");
    assertThat(front("--battery", "1x12").out()).contains("W instead of 0.08333 W");
  }

  @Test
  void refusesWhatItDoesNotKnowInOneLine() {
    for (String[] wrong :
        new String[][] {
          {"--codec", "fp31"},
          {"--battery", "18"},
          {"--energy-weight", "2"},
          {"--energy-weight", "0.5", "--seconds-per-joule", "1"},
          {"--device", "toaster"},
          {"--mbps", "0"},
          {"--max-loss", "-1"}
        }) {
      assertThat(front(wrong).isOneLineOfRefusal()).as("%s", wrong[0]).isTrue();
    }
    Spoken trace = Spoken.to("front", "--model", "zoo:alexnet", "--trace", "lte-tmobil");
    assertThat(trace.isOneLineOfRefusal()).isTrue();
    assertThat(Spoken.to("front", "--model", "zoo:alexne", "--trace", "lte-tmobile").err())
        .contains("alexnet");
    assertThat(picture()).doesNotExist();
  }
}
