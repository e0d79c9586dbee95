package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planners that share layers among weak machines, on networks of the zoo. */
final class TilingPlannersTest {
  private static final List<String> PUBLISHED =
      List.of(
          "dina-p",
          "modnn",
          "mednn",
          "deepthings",
          "deepthings{grid=3x3}",
          "aofl",
          "aofl{exchange=on}",
          "fully-distributed",
          "qdmp");
  private static final List<Zoo> NETWORKS =
      List.of(Zoo.VGG16, Zoo.TINY_YOLOV2, Zoo.RESNET18, Zoo.GOOGLENET, Zoo.ALEXNET);
  private static final List<DeviceClass> BOARDS =
      List.of(DeviceClass.RASPBERRY_PI_3B, DeviceClass.RASPBERRY_PI_4B, DeviceClass.JETSON_NANO);
  private static final double ROUNDING = 1e-9;

  /** A board with one to seven others, some faster, behind links of a kilobit to a gigabit. */
  private static Observation cluster(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = NETWORKS.get((int) (seed % NETWORKS.size())).graph();
    List<ServerState> peers = new ArrayList<>();
    int count = random.nextInt(1, 8);
    for (int i = 0; i < count; i++) {
      DeviceClass kind = BOARDS.get(random.nextInt(BOARDS.size()));
      Bandwidth up = Bandwidth.mbps(Math.pow(10, random.nextDouble(-3, 3)));
      Bandwidth down = Bandwidth.mbps(Math.pow(10, random.nextDouble(-3, 3)));
      peers.add(
          new ServerState(
              new NodeState("peer", kind.profile().times(graph), random.nextDouble(0, 0.1)),
              new LinkState(up, down, random.nextDouble(0, 0.02), RateError.NONE)));
    }
    return RandomChains.observation(
        graph, DeviceClass.RASPBERRY_PI_3B.profile().times(graph), peers);
  }

  private static Plan plan(String planner, Observation seen) {
    PlanTable table = PlannerCatalog.standard().create(PlannerSpec.parse(planner)).plan(seen);
    assertThat(table.entries()).hasSize(1);
    return table.entries().get(0).plan();
  }

  private static double seconds(Plan plan, Observation seen) {
    return CostModel.estimate(plan, seen).seconds();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void noneIsForetoldToBeSlowerThanTheDeviceAlone(long seed) {
    Observation seen = cluster(seed);
    double alone = seconds(Plan.local(seen.graph()), seen) * (1 + ROUNDING);
    for (String planner : PUBLISHED) {
      assertThat(seconds(plan(planner, seen), seen)).as(planner).isLessThanOrEqualTo(alone);
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void theJointSearchIsForetoldToBeSlowerThanNone(long seed) {
    Observation seen = cluster(100 + seed);
    double joint = seconds(plan("joint-tiles", seen), seen);
    for (String planner : PUBLISHED) {
      assertThat(joint)
          .as(planner)
          .isLessThanOrEqualTo(seconds(plan(planner, seen), seen) * (1 + ROUNDING));
    }
  }

  /** At a rate that carries little nobody splits; on a good network all share, with everybody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dina-p",
        "modnn",
        "mednn",
        "deepthings",
        "deepthings{reuse=on}",
        "aofl",
        "aofl{exchange=on}",
        "fully-distributed",
        "joint-tiles"
      })
  void sharesWhereItPaysAndNotWhereItDoesNot(String planner) {
    Observation slow = alike(0.01);
    assertThat(plan(planner, slow).isLocal()).isTrue();
    Observation fast = alike(1000);
    Plan plan = plan(planner, fast);
    Set<Integer> nodes =
        plan.stages().stream().flatMap(stage -> stage.nodes().stream()).collect(Collectors.toSet());
    assertThat(nodes).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(seconds(plan, fast)).isLessThan(0.75 * seconds(Plan.local(fast.graph()), fast));
  }

  private static Observation alike(double mbps) {
    return alike(Zoo.VGG16, mbps);
  }

  private static Observation alike(Zoo network, double mbps) {
    DnnGraph graph = network.graph();
    var times = DeviceClass.RASPBERRY_PI_3B.profile().times(graph);
    LinkState link =
        new LinkState(Bandwidth.mbps(mbps), Bandwidth.mbps(mbps), 0.002, RateError.NONE);
    ServerState peer = new ServerState(new NodeState("peer", times, 0), link);
    return RandomChains.observation(graph, times, List.of(peer, peer, peer));
  }

  /** Fused: one stage from the first layer on; by layers: a stage for each convolution and pool. */
  @ParameterizedTest
  @CsvSource({
    "deepthings, 1, 1",
    "modnn, 18, 22",
    "mednn, 5, 22",
    "aofl, 1, 17",
    "fully-distributed, 5, 16"
  })
  void sharesAsOftenAsItsPaperDoes(String planner, int least, int most) {
    long shared =
        plan(planner, alike(1000)).stages().stream()
            .filter(stage -> stage.sharing().isPresent())
            .count();
    assertThat(shared).isBetween((long) least, (long) most);
  }

  /** Tiles of a chain reuse overlaps and are quicker for it; of blocks that join they do not. */
  @Test
  void reusesOverlapsOfChains() {
    Observation vgg = alike(Zoo.VGG16, 1000);
    Plan reused = plan("deepthings{fused=6,reuse=on}", vgg);
    Plan alone = plan("deepthings{fused=6}", vgg);
    Sharing sharing = reused.stages().get(1).sharing().orElseThrow();
    assertThat(sharing.kind()).isEqualTo(Piece.Kind.CHECKERED);
    assertThat(sharing.shares()).hasSize(25);
    assertThat(seconds(reused, vgg)).isLessThan(seconds(alone, vgg));
    Observation residual = alike(Zoo.RESNET18, 1000);
    assertThat(plan("deepthings{fused=4,reuse=on}", residual))
        .isEqualTo(plan("deepthings{fused=4}", residual));
  }

  @Test
  void fusesAsManyLayersAsItIsToldTo() {
    // VGG16: two convolutions and a pool, each with what follows it element by element.
    Stage tiles = plan("deepthings{grid=3x3,fused=3}", alike(1000)).stages().get(1);
    DnnGraph graph = Zoo.VGG16.graph();
    assertThat(tiles.layers().stream().mapToObj(i -> graph.layer(i).operator()))
        .containsExactly("Conv", "Relu", "Conv", "Relu", "MaxPool");
    assertThat(tiles.sharing().orElseThrow().shares()).hasSize(9);
  }
}
