package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainChannelCommandTest {
  private static final String LENET = "models/lenet-exits.onnx";

  @TempDir private Path folder = Path.of("");

  private Spoken channel(String... options) {
    List<String> words = new ArrayList<>(List.of("train", "channel", "--smoke", "--images", "64"));
    words.addAll(List.of("--data", folder.toString(), "--out", folder.resolve("out").toString()));
    words.addAll(List.of(options));
    return Spoken.to(words.toArray(String[]::new));
  }

  /** The same again: seeds alone say what comes out. */
  @Test
  void writesWhatIsRightBySeedSymbolsAndNoise() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    String[] options = {
      "--network", LENET, "--cut", "relu5", "--symbols", "4,8", "--seed", "3", "--seeds", "2"
    };
    Spoken spoken = channel(options);
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out()).contains("seed 4, 8 symbols, 20 dB: ");
    Path file = folder.resolve("out").resolve("lenet-exits-channel-relu5.csv");
    List<String> rows = Files.readAllLines(file);
    assertThat(rows).hasSize(1 + 2 * 2 * 5); // symbols, seeds, decibels
    assertThat(rows.get(0)).isEqualTo("seed,symbols,snr_db,right_percent");
    assertThat(rows.get(1)).matches("3,4,-5,[0-9]{1,3}\\.[0-9]{2}");
    assertThat(rows.get(20)).startsWith("4,8,20,");
    assertThat(channel(options).code()).isZero();
    assertThat(Files.readAllLines(file)).isEqualTo(rows);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    assertRefused("At least 1 seed", "--network", LENET, "--cut", "relu5", "--seeds", "0");
    assertRefused("There is no file none.onnx", "--network", "none.onnx", "--cut", "relu5");
    assertRefused("has no tensor 'relu99'", "--network", LENET, "--cut", "relu99");
    assertRefused("0", "--network", LENET, "--cut", "relu5", "--symbols", "0");
    assertRefused("Missing required option: '--cut=TENSOR'", "--network", LENET);
  }

  private void assertRefused(String why, String... options) {
    Spoken spoken = channel(options);
    assertThat(spoken.code()).isEqualTo(2);
    assertThat(spoken.err()).contains(why);
  }
}
