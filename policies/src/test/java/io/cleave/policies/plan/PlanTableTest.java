package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  private final DnnGraph graph = HandMade.chain(4, 2, 1);
  private final PlanTable.Entry remote =
      new PlanTable.Entry(Plan.split(graph, LayerSet.of(0), 1), 1, 32);
  private final PlanTable.Entry split =
      new PlanTable.Entry(Plan.split(graph, LayerSet.of(0, 1), 1), 2, 16);
  private final PlanTable.Entry local = new PlanTable.Entry(Plan.local(graph), 4, 0);
  // 1 + 32 x = 2 + 16 x at x = 1/16; 2 + 16 x = 4 at x = 1/8
  private final PlanTable table =
      PlanTable.of(List.of(remote, split, local), new double[] {0.0625, 0.125});

  @Test
  void findsTheEntryOfEachRate() {
    assertThat(table.at(new Bandwidth(100))).isEqualTo(remote);
    assertThat(table.at(new Bandwidth(10))).isEqualTo(split);
    assertThat(table.at(new Bandwidth(1))).isEqualTo(local);
  }

  @Test
  void breakpointBelongsToTheSlowerSide() {
    assertThat(table.at(new Bandwidth(16))).isEqualTo(split);
    assertThat(table.at(new Bandwidth(8))).isEqualTo(local);
    assertThat(table.indexAt(Math.nextDown(0.0625))).isZero();
  }

  @Test
  void outageIsTheLastEntry() {
    assertThat(table.at(new Bandwidth(0))).isEqualTo(local);
    assertThat(local.seconds(new Bandwidth(0))).isEqualTo(4);
    assertThat(split.seconds(new Bandwidth(0))).isInfinite();
  }

  @Test
  void constantTableIgnoresTheRate() {
    PlanTable constant = PlanTable.constant(split);
    assertThat(constant.at(new Bandwidth(0))).isEqualTo(split);
    assertThat(constant.entries()).containsExactly(split);
  }

  @Test
  void copyOfBreakpointsCannotChangeTheTable() {
    table.breakpoints()[0] = 9;
    assertThat(table.breakpoints()).containsExactly(0.0625, 0.125);
  }

  @Test
  void refusesBreakpointsThatDoNotFit() {
    List<PlanTable.Entry> two = List.of(split, local);
    assertThatThrownBy(() -> PlanTable.of(two, new double[0]))
        .hasMessageContaining("2 entries need 1 breakpoints, not 0");
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> PlanTable.of(two, new double[] {bad}))
          .hasMessageContaining("ascend");
    }
    assertThatThrownBy(() -> PlanTable.of(List.of(remote, split, local), new double[] {2, 1}))
        .hasMessageContaining("ascend");
  }
}
