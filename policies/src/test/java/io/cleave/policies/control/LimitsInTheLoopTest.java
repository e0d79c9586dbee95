package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines that report how much memory a plan may take there. */
class LimitsInTheLoopTest {
  // Plan B has 62,500 + 31,250 + 1 bytes of tensors at a server, plan A 31,250 + 1.
  private static final long FOR_B = 93_751;
  private static final double FAST = 6;

  private final SwitchRule rule = new SwitchRule(0.05, 10, 0);
  private long sequence;

  private static Report server(String name, long second, long memoryBytes) {
    LoadReport load = new LoadReport(0, 1, memoryBytes);
    return new Report(name, new Stamp(1, second), load, List.of(), List.of(), 0);
  }

  private Decision decide(ControlLoop loop, long second, long near, long far) {
    Instant now = Instant.ofEpochSecond(second);
    loop.onReport(server("near", second, near), now);
    loop.onReport(server("far", second, far), now);
    Report camera = Crossing.device(sequence++, FAST, "near", "far");
    return ((Verdict.Decided) loop.onReport(camera, now)).decision();
  }

  private static Plan plan(Decision decision) {
    return decision.table().entries().get(0).plan();
  }

  @Test
  void aServerWithoutRoomIsLeftOut() {
    ControlLoop loop = new ControlLoop(Crossing.SITE, Crossing.pointwise(), Terms.of(rule));
    assertThat(plan(decide(loop, 0, FOR_B - 1, FOR_B)))
        .isEqualTo(Plan.split(Crossing.GRAPH, Crossing.B.near(), 2));
    ControlLoop other = new ControlLoop(Crossing.SITE, Crossing.pointwise(), Terms.of(rule));
    assertThat(plan(decide(other, 0, FOR_B, FOR_B))).isEqualTo(Crossing.B);
  }

  @Test
  void aPlanWhoseServerHasLessRoomThanBeforeIsLeftAtOnce() {
    ControlLoop loop = new ControlLoop(Crossing.SITE, Crossing.pointwise(), Terms.of(rule));
    assertThat(plan(decide(loop, 0, FOR_B, FOR_B))).isEqualTo(Crossing.B);
    Decision decision = decide(loop, 1, FOR_B - 1, FOR_B); // the rule would hold for ten seconds
    assertThat(decision.grounds().reason()).isEqualTo(Reason.SERVER_LOST);
    assertThat(decision.grounds().text()).contains("memory that is not there");
    assertThat(plan(decision)).isEqualTo(Plan.split(Crossing.GRAPH, Crossing.B.near(), 2));
  }

  @Test
  void nobodyIsMatchedWithAServerThatHasNoRoom() {
    Terms terms = Terms.of(rule).with(Targeting.SWAP_MATCHING);
    Plan remote = Plan.split(Crossing.GRAPH, LayerSet.of(0), 1);
    ControlLoop loop =
        new ControlLoop(
            Crossing.SITE,
            seen -> PlanTable.constant(new PlanTable.Entry(remote, 0.1, 5e5)),
            terms);
    Decision decision = decide(loop, 0, FOR_B - 1, FOR_B);
    assertThat(PlanInForce.serverOf(decision.table())).isEqualTo(2);
    Decision nobody = decide(loop, 20, 0, 0);
    assertThat(plan(nobody)).isEqualTo(Plan.local(Crossing.GRAPH));
  }
}
