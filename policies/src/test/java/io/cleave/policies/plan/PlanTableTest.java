package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
  void findsWhereItChangesOnlyWhenALookUpDependsOnIt() {
    AtomicInteger asked = new AtomicInteger();
    List<PlanTable.Change> changes =
        List.of(
            new PlanTable.Change(0.05, 0.07, () -> asked.incrementAndGet() * 0 + 0.0625),
            new PlanTable.Change(0.08, 0.2, () -> asked.incrementAndGet() * 0 + 0.125));
    PlanTable changing = PlanTable.changing(List.of(remote, split, local), changes);
    assertThat(changing.indexAt(Math.nextDown(0.05))).isZero();
    assertThat(changing.indexAt(0.07)).isEqualTo(1);
    assertThat(changing.indexAt(0.2)).isEqualTo(2);
    assertThat(asked).hasValue(0);
    for (double x : new double[] {0.05, 0.06, Math.nextDown(0.0625), 0.0625, 0.1, 0.125, 0.15}) {
      assertThat(changing.indexAt(x)).as("%s s/bit", x).isEqualTo(table.indexAt(x));
    }
    PlanTable others = changing.with(List.of(local, split, remote));
    assertThat(others.at(new Bandwidth(8))).isEqualTo(remote);
    assertThat(changing.breakpoints()).containsExactly(0.0625, 0.125);
    assertThat(changing.indexAt(0.06)).isZero();
  }

  @Test
  void refusesChangesThatAreNotApart() {
    PlanTable.Change early = new PlanTable.Change(1, 3, () -> 2);
    PlanTable.Change late = new PlanTable.Change(2, 4, () -> 3);
    assertThatThrownBy(
            () -> PlanTable.changing(List.of(remote, split, local), List.of(early, late)))
        .hasMessageContaining("lie apart");
    assertThatThrownBy(() -> new PlanTable.Change(2, 2, () -> 2))
        .hasMessageContaining("not 2.0 and 2.0");
    assertThatThrownBy(() -> PlanTable.changing(List.of(split), List.of(early)))
        .hasMessageContaining("1 entries need 0 breakpoints, not 1");
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
