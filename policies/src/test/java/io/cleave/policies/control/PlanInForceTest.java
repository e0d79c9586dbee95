package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanInForceTest {
  private static final Plan LOCAL = Plan.local(Crossing.GRAPH);
  private static final Estimate ESTIMATE = Estimate.ZERO;

  private final PlanInForce inForce = inForce(SwitchRule.none());

  @Test
  void isLocalBeforeTheFirstDecision() {
    assertThat(inForce.at(100e6, 0).plan()).isEqualTo(LOCAL);
    assertThat(inForce.version()).isZero();
  }

  @Test
  void looksTheFreshestRateUpBeforeEveryFrame() {
    inForce.adopt(decision(1, 10));

    assertThat(inForce.server()).isEqualTo(1);
    assertThat(inForce.at(5.1e6, 1).plan()).isEqualTo(Crossing.B);
    assertThat(inForce.at(4.9e6, 1.1).plan()).isEqualTo(Crossing.A);
    assertThat(inForce.at(0, 1.2).plan()).isEqualTo(Crossing.A);
  }

  @Test
  void fallsBackToTheSafePlanWhenTheLeaseIsOver() {
    inForce.adopt(decision(1, 10));

    assertThat(inForce.at(100e6, 10).plan()).isEqualTo(Crossing.B);
    assertThat(inForce.at(100e6, 10.001).plan()).isEqualTo(LOCAL);
  }

  @Test
  void theSameVersionAgainOnlyProlongsTheLease() {
    assertThat(inForce.adopt(decision(1, 10))).isTrue();
    assertThat(inForce.adopt(decision(1, 20))).isFalse();
    assertThat(inForce.adopt(decision(1, 15))).isFalse(); // a late delivery

    assertThat(inForce.at(100e6, 20).plan()).isEqualTo(Crossing.B);
  }

  @Test
  void anOlderVersionIsIgnored() {
    inForce.adopt(decision(2, 10));

    assertThat(inForce.adopt(decision(1, 99))).isFalse();
    assertThat(inForce.at(100e6, 11).plan()).isEqualTo(LOCAL);
  }

  @Test
  void oneFlipFloppingRateMakesOnePlan() {
    // Hard case 6 on the device: 4.9 and 5.1 Mbit/s each second, 10 frames/s, and the controller
    // brings the table up to date each second.
    PlanInForce steady = inForce(SwitchRule.steady());
    int changes = 0;
    Plan last = LOCAL;
    for (int frame = 0; frame < 600; frame++) {
      if (frame % 10 == 0) {
        steady.adopt(decision(1 + frame, 1000, frame == 0 ? Reason.FIRST : Reason.REFRESHED));
      }
      Plan plan = steady.at(frame / 10 % 2 == 0 ? 4.9e6 : 5.1e6, frame / 10.0).plan();
      changes += plan.equals(last) ? 0 : 1;
      last = plan;
    }

    assertThat(changes).isEqualTo(1); // from local to the first
  }

  @Test
  void aRealStepIsFollowedAfterTheHoldTime() {
    PlanInForce steady = inForce(SwitchRule.steady());
    steady.adopt(decision(1, 1000));
    assertThat(steady.at(10e6, 0).plan()).isEqualTo(Crossing.B);

    assertThat(steady.at(1e6, 1.9).plan()).isEqualTo(Crossing.B);
    assertThat(steady.at(1e6, 2).plan()).isEqualTo(Crossing.A);
  }

  @Test
  void theSafePlanMustBeLocal() {
    PlanTable.Entry offload = new PlanTable.Entry(Crossing.B, 0, 1);

    assertThatThrownBy(() -> new PlanInForce(offload, SwitchRule.none(), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PlanInForce inForce(SwitchRule rule) {
    return new PlanInForce(new PlanTable.Entry(LOCAL, 10.05, 0), rule, 10);
  }

  private static Decision decision(long version, long untilSecond) {
    return decision(version, untilSecond, Reason.FOLLOWED);
  }

  private static Decision decision(long version, long untilSecond, Reason reason) {
    return new Decision(
        "camera",
        version,
        List.of("near", "far"),
        Crossing.table(1),
        Instant.ofEpochSecond(untilSecond),
        new Decision.Grounds(reason, "", ESTIMATE));
  }
}
