package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApartTilesTest {
  private static final Terms TERMS = new Terms(Codec.FP32, Airtime.SEPARATE);
  private static final DeviceClass BOARD = DeviceClass.RASPBERRY_PI_3B;

  /** AlexNet for small images, its first three convolutions retrained for 2 x 2 tiles. */
  private static DnnGraph retrained() {
    return new TilewiseNetwork(Zoo.ALEXNET_EXITS.architecture(), 3, new Grid(2, 2)::tiles)
        .undivided(Optional.empty())
        .graph();
  }

  private static ServerState peer(DnnGraph graph, DeviceClass kind, double mbps) {
    LinkState link =
        new LinkState(Bandwidth.mbps(mbps), Bandwidth.mbps(mbps), 0.001, RateError.NONE);
    return new ServerState(new NodeState("peer", kind.profile().times(graph), 0), link);
  }

  private static Observation seen(DnnGraph graph, ServerState... peers) {
    return RandomChains.observation(graph, BOARD.profile().times(graph), List.of(peers));
  }

  private static Plan plan(ApartTiles.Retrained retrained, Observation seen) {
    return new ApartTiles(retrained, 1.6, TERMS).plan(seen).entries().get(0).plan();
  }

  private static List<Integer> counts(Stage stage, int machines) {
    List<Integer> counts = new ArrayList<>();
    for (int node = 0; node < machines; node++) {
      int machine = node;
      counts.add(
          (int)
              stage.sharing().orElseThrow().shares().stream()
                  .filter(share -> share.node() == machine)
                  .count());
    }
    return counts;
  }

  @Test
  void cutsARetrainedNetworkAsItsFileSays() {
    DnnGraph graph = retrained();
    ServerState peer = peer(graph, BOARD, 1000);
    Plan plan = plan(ApartTiles.Retrained.NAMED, seen(graph, peer, peer, peer));
    Stage tiles = plan.stages().get(1);
    Sharing sharing = tiles.sharing().orElseThrow();
    assertThat(sharing.kind()).isEqualTo(Piece.Kind.APART);
    assertThat(sharing.shares()).hasSize(4);
    assertThat(counts(tiles, 4)).containsExactly(1, 1, 1, 1);
    assertThat(
            graph
                .tensor(graph.layer(tiles.layers().stream().max().orElseThrow()).outputs().get(0))
                .name())
        .isEqualTo("apart-2x2");
    assertThat(plan.stages()).hasSize(3);
  }

  /** No answer is changed behind anybody's back. */
  @Test
  void leavesOtherNetworksWhole() {
    DnnGraph graph = Zoo.VGG16.graph();
    ServerState peer = peer(graph, BOARD, 1000);
    Observation seen = seen(graph, peer, peer, peer);
    assertThat(plan(ApartTiles.Retrained.NAMED, seen).isLocal()).isTrue();
    assertThat(plan(ApartTiles.Retrained.ASSUMED, seen).isLocal()).isFalse();
  }

  @Test
  void whoIsFasterGetsMoreAndWhoIsNotReachedNothing() {
    DnnGraph graph = Zoo.VGG16.graph();
    Observation seen =
        seen(
            graph,
            peer(graph, DeviceClass.JETSON_NANO, 1000),
            peer(graph, BOARD, 0),
            peer(graph, BOARD, 1000));
    Stage tiles = plan(ApartTiles.Retrained.ASSUMED, seen).stages().get(1);
    List<Integer> counts = counts(tiles, 4);
    assertThat(counts.get(1)).isGreaterThan(2 * counts.get(0));
    assertThat(counts.get(2)).isZero();
    assertThat(counts.get(3)).isBetween(1, counts.get(0));
  }

  /** By the layers' multiply-accumulates; the rest sees the whole map. */
  @Test
  void leavesAFifthOfTheWorkBehind() {
    DnnGraph graph = Zoo.VGG16.graph();
    ServerState peer = peer(graph, BOARD, 10_000);
    Stage tiles =
        plan(ApartTiles.Retrained.ASSUMED, seen(graph, peer, peer, peer, peer)).stages().get(1);
    double share =
        tiles.layers().stream()
                .mapToDouble(layer -> graph.layer(layer).work().multiplyAccumulates())
                .sum()
            / graph.multiplyAccumulates();
    assertThat(share).isBetween(0.6, 0.8);
  }

  @Test
  void tilesHaveSixTenthsMoreThanIsForetold() {
    DnnGraph graph = Zoo.VGG16.graph();
    ServerState peer = peer(graph, BOARD, 100);
    Observation seen = seen(graph, peer, peer);
    Stage tiles = plan(ApartTiles.Retrained.ASSUMED, seen).stages().get(1);
    double foretold =
        Gathering.of(SharedHop.of(tiles, seen, Codec.FP32), seen, Codec.FP32, Airtime.SEPARATE)
            .seconds();
    assertThat(tiles.sharing().orElseThrow().zerosAfterSeconds())
        .isCloseTo(1.6 * foretold, within(1e-9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApartTiles(ApartTiles.Retrained.NAMED, 1, TERMS))
        .withMessageContaining("more than 1 times");
  }

  /** Where tiles take a few milliseconds, handing over may take longer than they do. */
  @Test
  void noDeadlineIsCloserThanHandingOver() {
    DnnGraph graph = retrained();
    ServerState peer = peer(graph, BOARD, 1000);
    Stage tiles = plan(ApartTiles.Retrained.NAMED, seen(graph, peer)).stages().get(1);
    assertThat(tiles.sharing().orElseThrow().zerosAfterSeconds()).isGreaterThan(0.05);
  }
}
