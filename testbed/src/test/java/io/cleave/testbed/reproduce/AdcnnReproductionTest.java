package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdcnnReproductionTest {
  private static final Path MODELS = Path.of("models");
  private static final double BITS = 3;

  private static LabelledImages images() throws IOException {
    return IdxFiles.read(Path.of("images", "fashion-mnist"), "t10k");
  }

  private static AdcnnReproduction with(String model) throws IOException {
    return new AdcnnReproduction(
        MODELS.resolve("alexnet-exits.onnx"), MODELS.resolve(model), images());
  }

  @Test
  void quotesNothingThatWasNotRead() throws IOException {
    Reproduction reproduction = with("alexnet-tiles-2x2.onnx").run();
    assertThat(reproduction.sections()).allMatch(section -> section.rows().isEmpty());
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    assertThat(text.toString())
        .contains(
            "No figure of the paper was read",
            "zeros for tile 4",
            "times less than floats",
            "vgg16, times faster than one board",
            "resnet18, times faster than one board",
            "tiles taken for zeros: [0, 0, 0, 2, 1, 0,");
  }

  @Test
  void saysWhatIsWrongWithTheModel() {
    assertThatThrownBy(() -> with("none.onnx").run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.onnx cannot be read. Train it: ./cleave train adcnn");
    assertThatThrownBy(() -> with("alexnet-exits.onnx").run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no tiles");
  }

  /** r x c tiles on r x c boards: each has that part of the work, image and answer. */
  @Test
  void eachTileHasItsPart() {
    DnnGraph graph = Zoo.VGG16.graph();
    Cluster cluster = new Cluster(graph, 4, 4, 1e9); // nothing takes time to cross but its latency
    int cut = LoneTiles.cuts(graph, 2).get(8);
    LoneTiles four = new LoneTiles(cluster.observation(), cut, 4, BITS);
    LoneTiles one = new LoneTiles(cluster.observation(), cut, 1, BITS);
    double start = cluster.observation().device().times().startSeconds();
    double whole = one.gathered(List.of(1, 0, 0, 0)) - start;
    assertThat(four.gathered(List.of(1, 1, 1, 1)) - start).isCloseTo(whole / 4, within(0.01));
    assertThat(four.gathered(List.of(4, 0, 0, 0)) - start).isCloseTo(whole, within(1e-9));
    assertThat(one.gathered(List.of(1, 0, 0, 0)) + one.rest())
        .isCloseTo(cluster.alone(), within(0.01));
    // 3 x 224 x 224 floats and the coded answer, of which three quarters cross.
    double answer = BITS * graph.tensor(cut).shape().elements();
    assertThat(four.megabytes(3))
        .isCloseTo(0.75 * (32.0 * 3 * 224 * 224 + answer) / 8e6, within(1e-9));
  }

  @Test
  void moreBoardsAreFasterAndADeadOneCostsNoTimeForLong() {
    double before = 1;
    for (int boards = 2; boards <= 8; boards += 3) {
      Cluster cluster = new Cluster(Zoo.VGG16.graph(), 4, boards, 93.7);
      double speedup = new LoneTilesSearch(cluster, boards, BITS, 1).speedup();
      assertThat(speedup).isBetween(before, (double) boards);
      before = speedup;
    }
    Cluster eight = new Cluster(Zoo.VGG16.graph(), 4, 8, 93.7);
    LoneTilesSearch.Best best = new LoneTilesSearch(eight, 8, BITS, 1).best();
    double usual = best.tiles().gathered(best.given());
    List<DyingBoard.Frame> frames =
        new DyingBoard(best.tiles(), 8, 5, 1.6 * usual, 0.5).frames(12, 2);
    assertThat(frames.subList(0, 3)).containsOnly(frames.get(0));
    assertThat(frames.get(3).missing()).isPositive();
    assertThat(frames.get(11).missing()).isZero();
    double rest = best.tiles().rest();
    assertThat(frames).allMatch(frame -> frame.seconds() <= 1.6 * usual + rest + 1e-9);
    assertThat(best.given()).hasSize(8).isNotEqualTo(Collections.nCopies(8, 0));
  }
}
