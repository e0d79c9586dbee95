package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On the network and the images that come with Cleave. */
final class DdnnReproductionTest {
  private static final Path MODELS = Path.of("models");

  private static LabelledImages images() throws IOException {
    return IdxFiles.read(Path.of("images", "fashion-mnist"), "t10k");
  }

  @Test
  void quotesOnlyWhatWasReadAndMarksWhatIsRemembered() throws IOException {
    Reproduction reproduction =
        new DdnnReproduction(MODELS.resolve("ddnn-max-concat.onnx"), images()).run();
    assertThat(reproduction.sections().stream().flatMap(section -> section.rows().stream()))
        .singleElement()
        .satisfies(row -> assertThat(row.paper()).isEqualTo(20))
        .satisfies(row -> assertThat(row.ours()).isBetween(784 / 138.0, 784 / 40.0));
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    assertThat(text.toString())
        .contains("paper, from memory, not verified", "without 6", "only 1")
        // All leave locally at 1: four bytes for each of ten scores.
        .containsPattern(" 1\\.0 +100\\.00 +\\d+\\.\\d\\d +40 ");
  }

  @Test
  void saysWhatIsWrongWithTheModel() throws IOException {
    LabelledImages images = images();
    assertThatThrownBy(() -> new DdnnReproduction(MODELS.resolve("none.onnx"), images).run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.onnx cannot be read. Train it");
    assertThatThrownBy(() -> new DdnnReproduction(MODELS.resolve("lenet-exits.onnx"), images).run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ONNX Runtime refuses the model");
  }
}
