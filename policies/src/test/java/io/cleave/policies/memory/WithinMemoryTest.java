package io.cleave.policies.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WithinMemoryTest {
  // Tensors of 40, 80, 120, 4 bytes; weights of 100, 200, 300: alone 600 + 240 = 840 bytes.
  private static final DnnGraph CHAIN =
      Networks.from(10)
          .layer(100, List.of(0), 20)
          .layer(200, List.of(1), 30)
          .layer(300, List.of(2), 1)
          .graph();
  private static final long ALONE = 840;
  private static final long MUCH = 1 << 20;

  /** A slow device and servers, each twice as fast as the one after it; by their memory. */
  private static Observation seen(long device, long... servers) {
    LinkState link = new LinkState(Bandwidth.mbps(1), Bandwidth.mbps(1), 0, RateError.NONE);
    List<ServerState> states = new ArrayList<>();
    double pace = 0.01;
    for (long bytes : servers) {
      states.add(new ServerState(node("server-" + (states.size() + 1), pace, bytes), link));
      pace *= 2;
    }
    return new Observation(
        CHAIN,
        node("camera", 1, device),
        DeviceClass.RASPBERRY_PI_3B.energy(),
        states,
        new Demand(1, 10, 0));
  }

  private static NodeState node(String name, double pace, long bytes) {
    return new NodeState(name, LayerTimes.of(new double[] {0, pace, pace, pace}, 0), 0, bytes);
  }

  private static Planner planner(String name) {
    return WithinMemory.around(PlannerCatalog.standard().create(PlannerSpec.parse(name)));
  }

  private static Plan only(PlanTable table) {
    assertThat(table.entries()).hasSize(1);
    return table.entries().get(0).plan();
  }

  private static Plan remote(int node) {
    return Plan.split(CHAIN, LayerSet.of(0), node);
  }

  @Test
  void takesTheFastestServerThatHasRoom() {
    // All but the input: weights 600, tensors 40+80+120.
    assertThat(only(planner("qdmp").plan(seen(MUCH, MUCH, MUCH)))).isEqualTo(remote(1));
    assertThat(only(planner("qdmp").plan(seen(MUCH, 839, MUCH)))).isEqualTo(remote(2));
    assertThat(only(planner("qdmp").plan(seen(MUCH, 840, MUCH)))).isEqualTo(remote(1));
    assertThat(only(planner("qdmp").plan(seen(MUCH, 10, 20, 840)))).isEqualTo(remote(3));
  }

  @Test
  void isLocalIfNobodyElseHasRoom() {
    for (String name : List.of("qdmp", "remote", "cleave", "jointdnn", "neurosurgeon")) {
      PlanTable table = planner(name).plan(seen(ALONE, 0, 0));
      assertThat(only(table)).as(name).isEqualTo(Plan.local(CHAIN));
    }
  }

  @Test
  void findsACutWhereNobodyHasRoomForAll() {
    // Device layers 1 and 2: weights 300, tensors 240; the server: 300 + 124. Of layer 1 alone the
    // server would need 500 + 204.
    Plan plan = only(planner("local").plan(seen(600, 424)));
    assertThat(plan).isEqualTo(Plan.split(CHAIN, LayerSet.of(0, 1, 2), 1));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> planner("qdmp").plan(seen(2 << 8, 1 << 7)))
        .isInstanceOf(TooLittleMemory.class)
        .hasMessageContaining("by hand needs 0.0 MiB")
        .hasMessageContaining("camera alone, which has 0.0 MiB")
        .hasMessageContaining("server-1: 0.0 MiB")
        .hasMessageContaining("Give a machine more memory");
  }

  @Test
  void leavesOutAHedgeThatHasNoRoom() {
    Plan hedged = remote(1).with(Hedge.AT_ONCE);
    Planner planner =
        WithinMemory.around(any -> PlanTable.constant(new PlanTable.Entry(hedged, 1, 1)));
    assertThat(only(planner.plan(seen(ALONE, ALONE)))).isEqualTo(hedged);
    assertThat(only(planner.plan(seen(ALONE - 1, ALONE)))).isEqualTo(remote(1));
  }

  @Test
  void dropsPlansForOtherRatesThatHaveNoRoom() {
    PlanTable.Entry far = new PlanTable.Entry(remote(1), 1, 320);
    PlanTable.Entry near = new PlanTable.Entry(Plan.split(CHAIN, LayerSet.of(0, 1, 2), 1), 2, 100);
    PlanTable.Entry local = new PlanTable.Entry(Plan.local(CHAIN), 3, 0);
    // At 1 Mbit/s, x = 1e-6, the middle one holds, which has room.
    double[] breakpoints = {1e-9, 1};
    PlanTable table = PlanTable.of(List.of(far, near, local), breakpoints);
    PlanTable fitted = WithinMemory.around(any -> table).plan(seen(MUCH, 500));
    assertThat(fitted.entries()).containsExactly(near, local);
    assertThat(fitted.breakpoints()).containsExactly(1);
    PlanTable ends = WithinMemory.around(any -> table).plan(seen(600, 500));
    assertThat(ends.entries()).containsExactly(near);
  }

  @Test
  void asksNothingWhereNobodyHasALimit() {
    PlanTable table = PlanTable.constant(new PlanTable.Entry(remote(1), 1, 1));
    long unlimited = NodeState.UNLIMITED;
    assertThat(WithinMemory.around(any -> table).plan(seen(unlimited, unlimited))).isSameAs(table);
  }
}
