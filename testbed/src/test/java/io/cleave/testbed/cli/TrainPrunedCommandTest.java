package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.onnx.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainPrunedCommandTest {
  private static final String LENET = "models/lenet-exits.onnx";

  @TempDir private Path folder = Path.of("");

  private Spoken pruned(String... options) {
    List<String> words = new ArrayList<>(List.of("train", "pruned", "--smoke", "--images", "64"));
    words.addAll(List.of("--data", folder.toString(), "--out", folder.resolve("out").toString()));
    words.addAll(List.of(options));
    return Spoken.to(words.toArray(String[]::new));
  }

  /** Both steps of two-step pruning: everywhere, then what crosses behind the first pool. */
  @Test
  void takesFiltersEverywhereAndThenBeforeACut() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    Spoken spoken = pruned("--network", LENET, "--share", "0.5", "--rounds", "2", "--seeds", "2");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out())
        .contains("Left, %: 50.00 ± 0.00 of the filters that can go", "Right of 60 test images");
    Path out = folder.resolve("out");
    Path first = out.resolve("lenet-exits-pruned.onnx");
    DnnGraph once = OnnxGraph.read(first);
    List<String> exits = Files.readAllLines(out.resolve("lenet-exits-pruned.csv"));
    assertThat(exits).hasSize(1 + 2 * 2); // seeds, exits
    assertThat(exits.get(1))
        .startsWith("1,50.00,27081536,%d,".formatted(2 * once.multiplyAccumulates()))
        .contains(",%d,1,".formatted(once.parameters()));
    // 192 filters of four convolutions, of which the half is left.
    assertThat(filters(first)).isEqualTo(96);
    List<String> layers = Files.readAllLines(out.resolve("lenet-exits-pruned.layers.csv"));
    assertThat(layers).hasSize(1 + 2 * (once.size() - 1));
    assertThat(layers.get(1)).startsWith("1,conv1,Conv,16,");

    Spoken again =
        pruned(
            "--network",
            first.toString(),
            "--before",
            "pool1",
            "--by",
            "taylor",
            "--rounds",
            "1",
            "--seeds",
            "1");
    assertThat(again.code()).as(again.err()).isZero();
    Path second = out.resolve("lenet-exits-pruned-pruned-before-pool1.onnx");
    assertThat(filtersOf(second, "conv1")).isLessThan(filtersOf(first, "conv1"));
    for (String other : List.of("conv2", "conv3", "conv4")) {
      assertThat(filtersOf(second, other)).isEqualTo(filtersOf(first, other));
    }
  }

  private static int filters(Path file) {
    return TrainedNetwork.read(file).filters().all().stream()
        .mapToInt(group -> group.filters())
        .sum();
  }

  private static int filtersOf(Path file, String layer) {
    return TrainedNetwork.read(file).filters().of(layer).filters();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    assertRefused("at least 0 and below 1, not 1.0", "--network", LENET, "--share", "1");
    assertRefused("At least 1 seed is needed, not 0", "--network", LENET, "--seeds", "0");
    assertRefused("at least 1 round", "--network", LENET, "--rounds", "0");
    assertRefused("lasso is at least 0, not -1", "--network", LENET, "--lasso", "-1");
    assertRefused("none.onnx cannot be read. Train it", "--network", "models/none.onnx");
    assertRefused(
        "No filters of resnet20-exits that can be pruned make 'add1'",
        "--network",
        "models/resnet20-exits.onnx",
        "--before",
        "add1");
    assertRefused("Missing required option: '--network=FILE'");
  }

  private void assertRefused(String why, String... options) {
    Spoken spoken = pruned(options);
    assertThat(spoken.code()).isEqualTo(2);
    assertThat(spoken.err()).contains(why);
  }
}
