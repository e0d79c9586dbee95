package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the pages say of shared layers follows from what is computed. */
final class ClusterReproductionsTest {
  private static String printed(Reproduction reproduction) {
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    return text.toString();
  }

  private static double ours(Reproduction reproduction, String what) {
    return reproduction.sections().stream()
        .flatMap(section -> section.rows().stream())
        .filter(row -> row.what().equals(what))
        .mapToDouble(Comparison::ours)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void finerTilesSaveMemoryAndMoveMore() {
    Reproduction reproduction = new DeepThingsReproduction().run();
    assertThat(ours(reproduction, "5 x 5, memory saved, %"))
        .isGreaterThan(ours(reproduction, "3 x 3, memory saved, %"));
    assertThat(ours(reproduction, "5 x 5, MB that cross"))
        .isGreaterThan(ours(reproduction, "4 x 4, MB that cross"))
        .isGreaterThan(ours(reproduction, "3 x 3, MB that cross"));
    assertThat(ours(reproduction, "speed-up of DeepThings, at most")).isBetween(2.0, 3.5);
    assertThat(printed(reproduction)).contains("6 boards: DeepThings");
    assertThat(ours(reproduction, "5 x 5, saved by reuse, %"))
        .isGreaterThan(ours(reproduction, "3 x 3, saved by reuse, %"))
        .isBetween(33.0, 55.0);
    assertThat(ours(reproduction, "5 x 5 over 3 x 3 without reuse, more, %")).isBetween(40.0, 46.0);
  }

  @Test
  void pairsSaveTrafficAndMachinesMemory() {
    Reproduction reproduction = new FullyDistributedReproduction().run();
    assertThat(ours(reproduction, "MB, best pairs"))
        .isLessThan(ours(reproduction, "MB, each layer by output"));
    assertThat(ours(reproduction, "MB, 1 machines")).isBetween(200.0, 210.0);
    assertThat(printed(reproduction)).contains("nobody divides below");
  }

  @Test
  void prunedNetworksWorkAndMoveLess() {
    Reproduction reproduction = new ModnnReproduction(Path.of("models")).run();
    assertThat(ours(reproduction, "LeNet, work")).isBetween(27.0, 28.0);
    assertThat(ours(reproduction, "LeNet, what crosses")).isBetween(14.5, 15.5);
    assertThat(printed(reproduction))
        .contains("MeDNN's pruning saves, %; 4 nodes", "LeNet, mean of ", "ms a frame, whole ");
    assertThat(printed(new ModnnReproduction(Path.of("none")).run()))
        .contains("LeNet: not there: lenet-exits-pruned.layers.csv. Make it: ./cleave train");
  }

  @Test
  void moreBoardsAreQuickerAndFewerThanTheirNumber() {
    for (Zoo network : new Zoo[] {Zoo.VGG16, Zoo.RESNET50}) {
      double before = 1;
      for (int boards = 2; boards <= 8; boards += 3) {
        double speedup =
            new Cluster(network.graph(), 4, boards, 93.7).speedup("aofl{airtime=shared}");
        assertThat(speedup).isGreaterThan(before).isLessThan(boards);
        before = speedup;
      }
    }
  }

  @Test
  void wholeNetworksCrossNothing() {
    Cluster cluster = new Cluster(Zoo.VGG16.graph(), 1, 3, 0.001);
    Plan whole = cluster.plan("aofl{airtime=shared}");
    assertThat(whole.isLocal()).isTrue();
    assertThat(cluster.megabytes(whole)).isZero();
    assertThat(cluster.seconds(whole)).isEqualTo(cluster.alone());
    assertThat(Cluster.shared(whole)).isZero();
  }
}
