package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.separable.ClippedLevels;
import io.cleave.policies.separable.TrainedTiles;
import io.cleave.policies.tiling.Grid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TilewiseNetworkTest {
  private static final ClippedLevels LEVELS = new ClippedLevels(0.25, 4, 4);

  private static TilewiseNetwork alexNet(int convolutions, int side) {
    return new TilewiseNetwork(
        Zoo.ALEXNET_EXITS.architecture(), convolutions, new Grid(side, side)::tiles);
  }

  @Test
  void keepsTheLastExitAlone() {
    Architecture whole = alexNet(2, 2).whole();
    assertThat(whole.outputs()).containsExactly("exit5");
    assertThat(whole.weights()).hasSize(16); // five convolutions and three layers, two each
    assertThat(Zoo.ALEXNET_EXITS.architecture().weights().keySet())
        .containsAll(whole.weights().keySet());
  }

  /** Whatever is cut, the rest of the network sees a map of the same size, and no new weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void makesAMapOfTheSameSize(int convolutions) {
    TilewiseNetwork network = alexNet(convolutions, 2);
    assertThat(network.tiles()).hasSize(4);
    for (Architecture step :
        new Architecture[] {network.tiled(), network.clipped(LEVELS), network.quantised(LEVELS)}) {
      assertThat(step.weights()).isEqualTo(network.whole().weights());
      assertThat(step.image()).containsExactly(1L, 28L, 28L);
      assertThat(step.graph().tensors())
          .extracting(Tensor::name)
          .contains("tile1", "tile2", "tile3", "tile4")
          .doesNotContain("tile5");
    }
  }

  /** Without branches, the same work as the whole and one place to cut, in as many tiles. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void saysInWhichTilesItIsRun(int convolutions) {
    TilewiseNetwork network = alexNet(convolutions, 2);
    for (Optional<ClippedLevels> levels :
        List.of(Optional.of(LEVELS), Optional.<ClippedLevels>empty())) {
      DnnGraph graph = network.undivided(levels).graph();
      TrainedTiles tiles = TrainedTiles.of(graph).orElseThrow();
      assertThat(tiles.rows()).isEqualTo(2);
      assertThat(tiles.columns()).isEqualTo(2);
      Funnel funnel = Funnel.of(graph, tiles.layers(graph));
      assertThat(funnel.apartObstacle(2)).isEmpty();
      assertThat(funnel.apartObstacle(3)).isEmpty();
      assertThat(graph.multiplyAccumulates())
          .isEqualTo(network.whole().graph().multiplyAccumulates());
      assertThat(network.undivided(levels).weights()).isEqualTo(network.whole().weights());
    }
    assertThat(TrainedTiles.of(network.whole().graph())).isEmpty();
  }

  /** 7 places are 4 and 3; a place is 4 pixels wide behind two pools. */
  @Test
  void cutsWhereAPlaceBegins() {
    TilewiseNetwork network = alexNet(3, 2);
    assertThat(network.tiles().get(1)).isEqualTo(Piece.tile(new Span(0, 4), new Span(4, 7)));
    DnnGraph graph = network.tiled().graph();
    assertThat(sizes(graph, "tile1.image")).isEqualTo("[1, 1, 16, 16]");
    assertThat(sizes(graph, "tile4.image")).isEqualTo("[1, 1, 12, 12]");
    assertThat(sizes(graph, "tile4")).isEqualTo("[1, 128, 3, 3]");
  }

  private static String sizes(DnnGraph graph, String tensor) {
    return graph.tensors().stream()
        .filter(each -> each.name().equals(tensor))
        .map(each -> each.shape().dims().toString())
        .findFirst()
        .orElseThrow();
  }

  /** Tiles have no overlap, so that all of them have as much work as the whole. */
  @Test
  void worksNoMoreThanTheWhole() {
    TilewiseNetwork network = alexNet(4, 2);
    assertThat(network.tiled().graph().multiplyAccumulates())
        .isEqualTo(network.whole().graph().multiplyAccumulates());
    assertThat(network.share()).isCloseTo(0.79, within(0.01));
    assertThat(alexNet(3, 2).share()).isCloseTo(0.53, within(0.01));
  }

  /** One tile is the whole image: the rounded answers are the whole network's, rounded. */
  @Test
  void refusesWhatCannotBeCut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alexNet(6, 2))
        .withMessageContaining("1 to 5 can run in tiles, not 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alexNet(0, 2))
        .withMessageContaining("not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alexNet(5, 4))
        .withMessageContaining("3 long");
    // Behind the fifth pool a last column of the image belongs to nobody; thirds lose more.
    assertThat(alexNet(5, 3).tiles()).hasSize(9);
  }
}
