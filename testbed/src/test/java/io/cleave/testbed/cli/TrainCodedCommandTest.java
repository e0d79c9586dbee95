package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.plan.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCodedCommandTest {
  private static final Path LENET = Path.of("models", "lenet-exits.onnx");
  private static final int CUTS = 8;

  @TempDir private Path folder = Path.of("");

  private Spoken coded(String... options) {
    List<String> words = new ArrayList<>(List.of("train", "coded", "--smoke", "--images", "64"));
    words.addAll(List.of("--data", folder.toString(), "--out", folder.toString()));
    words.addAll(List.of(options));
    return Spoken.to(words.toArray(String[]::new));
  }

  @Test
  void writesTheNetworkAndWhatCodecsDoToIt() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    Spoken spoken = coded("--network", LENET.toString(), "--test-images", "10", "--seeds", "2");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out()).contains("after (2 seeds)", "flatten2  INT8_CHANNEL");
    List<String> rows = Files.readAllLines(folder.resolve("lenet-exits-coded.csv"));
    assertThat(rows).hasSize(1 + 2 * CUTS * Codec.values().length);
    assertThat(rows.get(1)).startsWith("1,input,FP32,3136,3136,3136,");
    TrainedNetwork before = TrainedNetwork.read(LENET);
    TrainedNetwork after = TrainedNetwork.read(folder.resolve("lenet-exits-coded.onnx"));
    assertThat(after.weights().keySet()).isEqualTo(before.weights().keySet());
    assertThat(after.weights().get("conv1.weight"))
        .isNotEqualTo(before.weights().get("conv1.weight"));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    assertRefused(
        "At least 1 seed is needed, not 0", "--network", LENET.toString(), "--seeds", "0");
    assertRefused(
        "--test-images must be in 1..60, not 61",
        "--network",
        LENET.toString(),
        "--test-images",
        "61");
    assertRefused(
        "none.onnx cannot be read. Train it", "--network", "none.onnx", "--test-images", "10");
    assertRefused(
        "Invalid value for option '--codec'", "--network", LENET.toString(), "--codec", "INT5");
  }

  private void assertRefused(String why, String... options) {
    Spoken spoken = coded(options);
    assertThat(spoken.code()).isEqualTo(2);
    assertThat(spoken.err()).contains(why);
  }
}
