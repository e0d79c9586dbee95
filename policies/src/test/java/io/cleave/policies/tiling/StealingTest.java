package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StealingTest {
  private static final LayerSet FIRST = LayerSet.of(1);

  /** A board and others of its kind behind links of these rates. */
  private static Observation seen(double... mbps) {
    var times = DeviceClass.RASPBERRY_PI_3B.profile().times(Zoo.VGG16.graph());
    List<ServerState> peers =
        IntStream.range(0, mbps.length)
            .mapToObj(
                i ->
                    new ServerState(
                        new NodeState("peer-" + i, times, 0),
                        new LinkState(
                            Bandwidth.mbps(mbps[i]), Bandwidth.mbps(mbps[i]), 0, RateError.NONE)))
            .toList();
    return RandomChains.observation(Zoo.VGG16.graph(), times, peers);
  }

  private static List<Integer> takers(Observation seen, Grid grid) {
    List<Piece> line = grid.tiles(224, 224);
    Sharing sharing = new Stealing(seen, Codec.FP32).of(Funnel.of(seen.graph(), FIRST), line);
    assertThat(sharing.handout()).isEqualTo(Handout.STOLEN);
    assertThat(sharing.shares()).extracting(Sharing.Share::piece).isEqualTo(line);
    return sharing.shares().stream().map(Sharing.Share::node).toList();
  }

  @Test
  void helpersTakeFirstAndThenWhoIsFree() {
    // On links that cost next to nothing all three are as quick.
    List<Integer> takers = takers(seen(1e6, 1e6), new Grid(3, 3));
    assertThat(takers.subList(0, 3)).containsExactly(1, 2, 0);
    for (int node = 0; node < 3; node++) {
      assertThat(java.util.Collections.frequency(takers, node)).isBetween(2, 4);
    }
  }

  private static Gathering gathered(Observation seen, LayerSet layers, Grid grid) {
    Funnel run = Funnel.of(seen.graph(), layers);
    Sharing sharing =
        new Stealing(seen, Codec.FP32).of(run, Checkerboard.of(grid.tiles(224, 224)).line());
    return Gathering.of(
        SharedHop.of(run, sharing, seen, Codec.FP32), seen, Codec.FP32, Airtime.SEPARATE);
  }

  /** Two convolutions with their rectifiers. */
  private static final LayerSet TWO = LayerSet.range(1, 5);

  @Test
  void whoIsAloneMakesEveryOtherTileOfItsNeighbours() {
    Observation seen = seen(0);
    Funnel run = Funnel.of(seen.graph(), TWO);
    double sum = 0;
    double alone = 0;
    for (Piece tile : Checkerboard.of(new Grid(3, 3).tiles(224, 224)).line()) {
      sum += run.making(tile).seconds(seen.device().times());
      alone += run.footprint(tile).seconds(seen.device().times());
    }
    assertThat(gathered(seen, TWO, new Grid(3, 3)).seconds()).isCloseTo(sum, within(1e-9));
    assertThat(sum).isLessThan(alone);
  }

  @Test
  void whatIsTakenBeforeItsNeighboursAreBackIsMadeAlone() {
    Observation seen = seen(1e6, 1e6, 1e6); // four machines take a tile each at once
    Funnel run = Funnel.of(seen.graph(), TWO);
    double[] made =
        gathered(seen, TWO, new Grid(2, 2)).branches().stream()
            .mapToDouble(Hop.Branch::seconds)
            .toArray();
    Checkerboard board = Checkerboard.of(new Grid(2, 2).tiles(224, 224));
    for (int i = 0; i < made.length; i++) {
      double alone = run.footprint(board.line().get(i)).seconds(seen.device().times());
      assertThat(made[i]).isCloseTo(alone, within(1e-12));
    }
    // Of five tiles that are made first two machines have made four when the first other one is
    // taken: it needs the first three.
    assertThat(gathered(seen(1e6), TWO, new Grid(3, 3)).branches().get(5).seconds())
        .isCloseTo(
            run.making(Checkerboard.of(new Grid(3, 3).tiles(224, 224)).line().get(5))
                .seconds(seen.device().times()),
            within(1e-12));
  }

  @Test
  void whoIsFarAwayTakesLess() {
    List<Integer> takers = takers(seen(1e6, 40), new Grid(4, 4));
    long near = takers.stream().filter(node -> node == 1).count();
    long far = takers.stream().filter(node -> node == 2).count();
    assertThat(far).isPositive().isLessThan(near);
  }

  @Test
  void whoCannotBeReachedTakesNothing() {
    assertThat(takers(seen(0, 1e6), new Grid(2, 2))).doesNotContain(1).contains(0, 2);
    assertThat(takers(seen(0), new Grid(2, 2))).containsOnly(0);
  }

  @Test
  void tilesAreTheWholeAndDifferByOnePlaceAtMost() {
    List<Piece> tiles = new Grid(3, 2).tiles(8, 5);
    assertThat(tiles)
        .extracting(Piece::toString)
        .containsExactly(
            "2:0-2x3:0-2",
            "2:0-2x3:3-4",
            "2:3-5x3:0-2",
            "2:3-5x3:3-4",
            "2:6-7x3:0-2",
            "2:6-7x3:3-4");
  }

  @Test
  void aGridFinerThanTheMapIsRefused() {
    assertThatThrownBy(() -> new Grid(5, 5).tiles(4, 14))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 long is cut into at most as many parts, not 5")
        .hasMessageContaining("coarser grid or fewer fused layers");
    assertThatThrownBy(() -> new Grid(0, 5)).hasMessageContaining("not 0 x 5");
  }
}
