package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices that demand bounds which the planner knows nothing of. */
final class BoundsInTheLoopTest {
  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final Planner LOCAL =
      seen -> PlanTable.constant(new PlanTable.Entry(Plan.local(Crossing.GRAPH), 10.05, 0));

  private final SwitchRule rule = new SwitchRule(0.05, 10, 0);

  private ControlLoop loop(Planner planner, double seconds) {
    Site.Device camera = Crossing.SITE.devices().get(0);
    Bounds bounds = new Bounds(seconds, ANY, ANY);
    Site.Device bound =
        new Site.Device(
            camera.name(),
            camera.profile(),
            camera.power(),
            camera.graph(),
            camera.demand().within(bounds));
    Site site = new Site(List.of(bound), Crossing.SITE.servers());
    return new ControlLoop(site, planner, Terms.of(rule));
  }

  private static Decision decide(ControlLoop loop, long second, double mbps) {
    Instant now = Instant.ofEpochSecond(second);
    loop.onReport(Crossing.server("near", second), now);
    return ((Verdict.Decided) loop.onReport(Crossing.device(second, mbps, "near"), now)).decision();
  }

  @Test
  void aPlanThatKeepsTheBoundTakesThePlaceOfOneThatDoesNot() {
    Decision decision = decide(loop(LOCAL, 0.2), 0, 6);
    assertThat(decision.table().entries().get(0).plan().isLocal()).isFalse();
    assertThat(decision.grounds().estimate().seconds()).isLessThanOrEqualTo(0.2);
    assertThat(decision.grounds().text()).doesNotContain("bounds");
  }

  /** The input at half its bits takes 250 kbit / 6 Mbit/s and its codec. */
  @Test
  void aBoundThatCannotBeKeptIsSaidWithTheNearestPlan() {
    Decision decision = decide(loop(LOCAL, 0.001), 0, 6);
    assertThat(decision.grounds().text())
        .contains("no plan keeps the bounds, the nearest takes 0.04", "s instead of 0.001000 s");
    assertThat(decision.table().entries().get(0).plan().isLocal()).isFalse();
  }

  /** At 6 Mbit/s plan B takes 0.083 s, at 4 Mbit/s 0.125 s. */
  @Test
  void aPlanInForceThatNoLongerKeepsABoundIsReplacedAtOnce() {
    ControlLoop loop = loop(Crossing.pointwise(), 0.1);
    assertThat(decide(loop, 0, 6).table().entries().get(0).plan()).isEqualTo(Crossing.B);
    Decision decision = decide(loop, 1, 4); // the rule would hold for ten seconds
    assertThat(decision.grounds().reason()).isEqualTo(Reason.BETTER);
    assertThat(decision.grounds().text()).contains("no longer keeps the bounds");
    assertThat(decision.grounds().estimate().seconds()).isLessThanOrEqualTo(0.1);
  }
}
