package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.separable.TrainedTiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainAdcnnCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void writesTheNetworkAndWhatEachStepCameTo() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    Path results = folder.resolve("results");
    Spoken spoken =
        Spoken.to(
            "train",
            "adcnn",
            "--smoke",
            "--images",
            "64",
            "--later-images",
            "32",
            "--seeds",
            "2",
            "--data",
            folder.toString(),
            "--out",
            results.toString());
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out())
        .contains("Right of 60 test images", "4 bits", "Lost in the end", "25088 as floats, 3140");
    List<String> steps = Files.readAllLines(results.resolve("alexnet-tiles-2x2.steps.csv"));
    assertThat(steps).hasSize(1 + 2 * 4);
    assertThat(steps.get(0)).startsWith("seed,step,validation_percent,test_before_percent");
    assertThat(steps.get(5)).startsWith("2,whole,");
    List<String> tiles = Files.readAllLines(results.resolve("alexnet-tiles-2x2.tiles.csv"));
    assertThat(tiles).hasSize(1 + 2 * 4);
    // Each tile as a piece of its own tells what the branches did that were trained.
    assertThat(lastCell(tiles.get(1))).isEqualTo(lastCell(steps.get(4)));
    assertThat(lastCell(tiles.get(5))).isEqualTo(lastCell(steps.get(8)));
    assertThat(TrainedTiles.of(OnnxGraph.read(results.resolve("alexnet-tiles-2x2.onnx"))))
        .isPresent();
  }

  private static String lastCell(String row) {
    return row.substring(row.lastIndexOf(',') + 1);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    FewImages.write(folder, "train", 700);
    FewImages.write(folder, "t10k", 60);
    assertRefused("written like 2x2, not '2'", "--grid", "2");
    assertRefused("1 to 5 can run in tiles, not 6", "--convolutions", "6");
    assertRefused("holds no weight 'conv1.weight'", "--model", "models/lenet-exits.onnx");
    assertRefused("At least 1 seed is needed, not 0", "--seeds", "0");
    assertRefused("Shares are in 0..1", "--clip-above", "1.5");
  }

  private void assertRefused(String why, String option, String value) {
    Spoken spoken =
        Spoken.to(
            "train",
            "adcnn",
            "--smoke",
            "--images",
            "64",
            "--data",
            folder.toString(),
            option,
            value);
    assertThat(spoken.code()).isEqualTo(2);
    assertThat(spoken.err()).contains(why);
  }
}
