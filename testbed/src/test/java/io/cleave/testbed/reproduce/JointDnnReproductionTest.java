package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.testbed.reproduce.Reproduction.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JointDnnReproductionTest {
  private final Reproduction reproduction = new JointDnnReproduction().run();

  /** 18 and 32 were read in the abstract; each stands beside both of what it may be against. */
  @Test
  void comparesInferenceAndTrainingInLatencyAndEnergy() {
    List<Section> sections = reproduction.sections();
    assertThat(sections).hasSize(5);
    assertThat(sections.get(0).rows()).extracting(Comparison::paper).containsExactly(18.0, 18.0);
    assertThat(sections.get(3).rows()).extracting(Comparison::paper).containsExactly(32.0, 32.0);
    assertThat(sections.get(2).title()).startsWith("Training");
  }

  /** Device alone and server alone are among its choices. */
  @Test
  void isNeverWorseThanEitherAlone() {
    for (Section section : reproduction.sections()) {
      assertThat(section.rows())
          .allSatisfy(row -> assertThat(row.ours()).isGreaterThanOrEqualTo(1));
    }
  }

  @Test
  void hasARowForEachNetworkAndLink() {
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    for (String network : List.of("alexnet", "vgg16", "resnet50", "nin", "googlenet")) {
      for (String link : List.of("3G", "4G", "WiFi")) {
        assertThat(text.toString().lines())
            .filteredOn(line -> line.trim().startsWith(network) && line.contains(" " + link))
            .hasSize(4);
      }
    }
    assertThat(text.toString()).contains("least server in 90 % of the device");
  }
}
