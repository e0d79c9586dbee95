package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.memory.PlanNeed;
import io.cleave.policies.memory.WithinMemory;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DeepThings' point: tiles save memory, and finer ones more. */
final class FinerTilesTest {
  private static final DnnGraph GRAPH = Zoo.VGG16.graph();
  private static final Planner PLANNER =
      WithinMemory.around(
          PlannerCatalog.standard().create(PlannerSpec.parse("deepthings{grid=2x2,fused=3}")));

  private static Observation seen(long peers, long last) {
    LayerTimes times = DeviceClass.RASPBERRY_PI_3B.profile().times(GRAPH);
    LinkState link =
        new LinkState(Bandwidth.mbps(1000), Bandwidth.mbps(1000), 0.002, RateError.NONE);
    return RandomChains.observation(
        GRAPH,
        times,
        List.of(
            new ServerState(new NodeState("peer-1", times, 0, peers), link),
            new ServerState(new NodeState("peer-2", times, 0, last), link)));
  }

  private static Plan plan(Observation seen) {
    return PLANNER.plan(seen).entries().get(0).plan();
  }

  private static int tiles(Plan plan) {
    return plan.stages().get(1).sharing().orElseThrow().shares().size();
  }

  private static long bytes(Plan plan, int node) {
    return PlanNeed.of(GRAPH, plan).get(node).bytes();
  }

  @Test
  void takesFinerTilesWhereThoseOfTheGridHaveNoRoom() {
    Plan open = plan(seen(NodeState.UNLIMITED, NodeState.UNLIMITED));
    assertThat(tiles(open)).isEqualTo(4);
    long limit = bytes(open, 1) - 1;
    Plan finer = plan(seen(limit, limit));
    assertThat(tiles(finer)).isEqualTo(9);
    assertThat(bytes(finer, 1)).isLessThanOrEqualTo(limit);
  }

  @Test
  void leavesOutAPeerThatHasNoRoomForAny() {
    Plan plan = plan(seen(NodeState.UNLIMITED, 1 << 16));
    assertThat(tiles(plan)).isEqualTo(4);
    assertThat(plan.stages().get(1).nodes()).containsExactlyInAnyOrder(0, 1);
  }
}
