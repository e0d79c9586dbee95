package io.cleave.testbed.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.partition.PrunedSplit;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsFileTest {
  private static final TrainedNetwork LENET =
      TrainedNetwork.read(Path.of("models", "lenet-exits.onnx"));
  private static final String HEADER =
      "cut,share,seed,flop_left,parameters_left,validation_percent,test_percent\n";

  @TempDir private Path folder = Path.of("");

  /** Two seeds lose 3 points on average of the validation images, 5 of the test images. */
  private Path file(String rows, String name) throws IOException {
    String widths =
        LENET.filters().all().stream()
            .map(
                group ->
                    "%s,%s,Conv,%d,%d,1,1"
                        .formatted(
                            name,
                            group.layer(),
                            group.filters(),
                            group.layer().equals("conv1") ? 4 : group.filters()))
            .collect(Collectors.joining("\n"));
    Files.writeString(
        folder.resolve("lenet.layers.csv"),
        "seed,layer,operator,channels,channels_left,bytes,bytes_left\n" + widths + "\n");
    return Files.writeString(folder.resolve("lenet.csv"), HEADER + rows);
  }

  @Test
  void pricesEachCutOfEachPrunedNetwork() throws IOException {
    Path file =
        file(
            "none,0,1,1,1,92.00,91.00\npool1,0.5,1,1,1,90.00,87.00\npool1,0.5,2,1,1,88.00,85.00\n",
            "pool1 0.5");
    SplitsFile splits = SplitsFile.read(file, LENET);
    assertThat(splits.rightOfWhole()).isCloseTo(0.91, within(1e-9));
    assertThat(splits.testLoss("pool1 0.5")).isCloseTo(0.05, within(1e-9));
    assertThat(splits.testLoss("whole")).isZero();
    List<PrunedSplit.Variant> variants = splits.variants();
    assertThat(variants).hasSameSizeAs(PrunedSplit.cuts("whole", splits.whole(), 0));
    assertThat(variants)
        .allSatisfy(
            variant -> {
              assertThat(variant.name()).isEqualTo("pool1 0.5");
              assertThat(variant.loss()).isCloseTo(0.03, within(1e-9));
              assertThat(variant.graph().multiplyAccumulates())
                  .isLessThan(splits.whole().multiplyAccumulates());
            });
  }

  @Test
  void readsWhatIsShipped() {
    for (String name : List.of("lenet-exits", "alexnet-exits")) {
      TrainedNetwork network = TrainedNetwork.read(Path.of("models", name + ".onnx"));
      SplitsFile splits = SplitsFile.read(Path.of("models", name + "-splits.csv"), network);
      assertThat(splits.rightOfWhole()).isBetween(0.9, 0.95);
      assertThat(splits.variants()).isNotEmpty();
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path none = folder.resolve("none.csv");
    assertRefused(none, "none.csv cannot be used");
    assertRefused(file("", "pool1 0.5"), "has no rows; the first is the network as it was");
    assertRefused(file("none,0,1,1,1,92,91\n", "pool1 0.5"), "has no row of 'pool1 0.5'");
    assertRefused(file("none,0,1,1,1,much,91\n", "pool1 0.5"), "cannot be used: For input string");
    Path sound = file("none,0,1,1,1,92,91\n", "pool1 0.5");
    Files.writeString(folder.resolve("lenet.layers.csv"), "seed,layer\n1,conv1\n");
    assertRefused(sound, "lenet.layers.csv cannot be used: ");
    Files.writeString(folder.resolve("lenet.csv"), "cut,share\nnone,0\n");
    assertRefused(folder.resolve("lenet.csv"), "validation_percent");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> SplitsFile.read(file, LENET))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }
}
