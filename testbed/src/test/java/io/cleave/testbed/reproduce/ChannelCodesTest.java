package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.testbed.UserError;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelCodesTest {
  private static final Tensor CROSSING =
      new Tensor("relu5", TensorShape.of(1, 256), ElementType.FLOAT32, 1);

  @TempDir private Path folder = Path.of("");

  /**
   * A signal as strong as the noise carries half a bit a symbol, so 256 bytes take 4,096 symbols;
   * by its stated 9 % of 8,192 bits, runs of zeros take 1,475.
   */
  @Test
  void laysALearnedCodeBesideACodecAtCapacity() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("codes.csv"),
            "seed,symbols,snr_db,right_percent\n1,16,0,80.00\n1,4,0,50.00\n2,4,0,60.00\n");
    Section section = ChannelCodes.section("LeNet", file, CROSSING);
    assertThat(section.title()).isEqualTo("LeNet, learned code instead of relu5");
    assertThat(section.notes()).hasSize(2);
    assertThat(section.notes().get(0))
        .startsWith("  4 symbols at   0 dB: 55.00 ± 7.07 % right, 2 seeds")
        .endsWith("INT8 takes 4096 symbols, INT4_ZEROS 1475");
    assertThat(section.notes().get(1)).startsWith(" 16 symbols at   0 dB: 80.00");
  }

  @Test
  void saysWhatIsNotThereOrNoSuchFile() throws IOException {
    Section none = ChannelCodes.section("LeNet", folder.resolve("none.csv"), CROSSING);
    assertThat(none.notes()).containsExactly("not there: none.csv");
    Path other = Files.writeString(folder.resolve("other.csv"), "seed,symbols\n1,4\n");
    assertThatThrownBy(() -> ChannelCodes.section("LeNet", other, CROSSING))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("other.csv cannot be used");
  }
}
