package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
  private static final SwitchRule RULE = new SwitchRule(0.05, 10, 0);

  private ControlLoop loop = loop(RULE, Crossing.pointwise());
  private long sequence;

  @Test
  void aRateThatSwingsAroundAThresholdSwitchesAtMostTwiceAMinute() {
    // Hard case 6: 4.9 and 5.1 Mbit/s each second for 60 s; the cuts cross at 5.
    double cost = 0;
    double onlyA = 0;
    int switches = 0;
    for (int second = 0; second < 60; second++) {
      double mbps = second % 2 == 0 ? 4.9 : 5.1;
      Decision decision = at(second, mbps);
      switches += decision.grounds().reason().switches() ? 1 : 0;
      cost += decision.table().at(Bandwidth.mbps(mbps)).seconds(Bandwidth.mbps(mbps));
      onlyA += 0.05 + 0.25 / mbps;
    }

    assertThat(switches).isLessThanOrEqualTo(2);
    assertThat(cost).isLessThan(1.03 * onlyA); // the better fixed cut, within a few per cent
  }

  @Test
  void withoutARuleThePlannerIsFollowedEachTime() {
    loop = loop(SwitchRule.none(), Crossing.pointwise());
    int switches = 0;
    for (int second = 0; second < 60; second++) {
      Decision decision = at(second, second % 2 == 0 ? 4.9 : 5.1);
      switches += decision.grounds().reason().switches() ? 1 : 0;
    }

    assertThat(switches).isEqualTo(60);
  }

  @Test
  void aRealStepIsFollowedWithinOneHoldTime() {
    // At 1 Mbit/s A costs 0.3 s and B 0.5 s.
    for (int second = 0; second <= 20; second++) {
      assertThat(planAt(second, 6)).isEqualTo(Crossing.B);
    }
    assertThat(planAt(21, 1)).isEqualTo(Crossing.A);
    for (int second = 22; second < 31; second++) {
      assertThat(planAt(second, 6)).as("second %d", second).isEqualTo(Crossing.A); // held
    }
    // 6 Mbit/s: A 0.0917 s, B 0.0833 s: a gain of 9 %.
    assertThat(planAt(31, 6)).isEqualTo(Crossing.B);
  }

  @Test
  void keepsThePlanWhenTheGainIsTooSmall() {
    planAt(0, 4);
    // 5.2 Mbit/s: A 0.0981 s, B 0.0962 s: 2 %.
    Decision decision = at(100, 5.2);

    assertThat(decision.grounds().reason()).isEqualTo(Reason.SMALL_GAIN);
    assertThat(decision.table().entries().get(0).plan()).isEqualTo(Crossing.A);
    assertThat(decision.version()).isEqualTo(1);
  }

  @Test
  void renewsTheLeaseOfAPlanThatStays() {
    assertThat(at(0, 4).validUntil()).isEqualTo(Instant.ofEpochSecond(10));
    assertThat(at(5, 5.2).validUntil()).isEqualTo(Instant.ofEpochSecond(15));
  }

  @Test
  void aTableIsComparedAtTheObservedRate() {
    // Both tables hold the same plan at 4 Mbit/s, so the new one only refreshes the old.
    loop = loop(RULE, Crossing.tabular());

    assertThat(at(0, 4).grounds().reason()).isEqualTo(Reason.FIRST);
    assertThat(at(1, 8).grounds().reason()).isEqualTo(Reason.REFRESHED);
  }

  @Test
  void isLocalUntilAServerIsHeardOfOverAMeasuredLink() {
    loop.onReport(Crossing.server("far", 0), Instant.EPOCH);
    Decision alone = decide(Crossing.device(sequence++, 50, "near"), 0);
    assertThat(alone.grounds().reason()).isEqualTo(Reason.NO_SERVER);
    assertThat(alone.table().entries().get(0).plan()).isEqualTo(Plan.local(Crossing.GRAPH));

    assertThat(at(1, 50).grounds().reason()).isEqualTo(Reason.BETTER); // without a hold time
  }

  @Test
  void aPlanWhoseServerFellSilentIsLeftAtOnce() {
    at(0, 6);
    loop.onReport(Crossing.server("far", 1), Instant.ofEpochSecond(4));
    Decision decision = decide(Crossing.device(sequence++, 6, "near", "far"), 4);

    // The only server in reach is the second of the site, and keeps its number.
    assertThat(decision.grounds().reason()).isEqualTo(Reason.SERVER_LOST);
    assertThat(decision.table().entries().get(0).plan())
        .isEqualTo(Plan.split(Crossing.GRAPH, Crossing.B.near(), 2));
    assertThat(decision.servers()).containsExactly("near", "far");
  }

  @Test
  void duplicatesAndLateReportsLeadToNoDecision() {
    at(0, 6);
    Report newer = Crossing.device(7, 6, "near");
    decide(newer, 1);

    assertThat(loop.onReport(newer, Instant.ofEpochSecond(2)))
        .isEqualTo(new Verdict.Dropped(Receipt.DUPLICATE));
    assertThat(loop.onReport(Crossing.device(5, 1, "near"), Instant.ofEpochSecond(2)))
        .isEqualTo(new Verdict.Noted(Receipt.LATE));
  }

  @Test
  void equalReportsGiveEqualDecisions() {
    List<Object> first = replay();
    loop = loop(RULE, Crossing.pointwise());
    sequence = 0;

    assertThat(replay()).isEqualTo(first);
  }

  @Test
  void learnsThatTheDeviceIsSlowerThanItsProfile() {
    for (int i = 0; i < 10; i++) {
      // Layers 0 and 1 take 0.05 s by the profile.
      RunReport run = new RunReport("crossing", Crossing.A.near(), 0.1);
      loop.onReport(
          new Report("camera", new Stamp(1, i), LoadReport.IDLE, List.of(), List.of(run), 0),
          Instant.ofEpochSecond(i));
    }

    assertThat(loop.correction("camera")).isEqualTo(2);
  }

  @Test
  void anOutageInTheErrorMakesOffloadingDearerButNotInfinite() {
    // A third of all transfers met an outage; the plan must stay comparable.
    Report report = Crossing.device(0, 6, "near");
    Report doubtful =
        new Report(
            report.agent(),
            report.stamp(),
            report.load(),
            List.of(new LinkReport("near", 6e6, 1e9, 0, List.of(0.0, 1.0, 1.0))),
            List.of(),
            0);
    loop.onReport(Crossing.server("near", 0), Instant.EPOCH);
    Decision decision = decide(doubtful, 0);

    assertThat(decision.grounds().estimate().seconds()).isFinite();
    assertThat(decision.grounds().reason()).isEqualTo(Reason.FIRST);
  }

  private List<Object> replay() {
    List<Object> told = new ArrayList<>();
    for (int second = 0; second < 30; second++) {
      Decision decision = at(second, 1 + second % 7);
      PlanTable.Entry entry = decision.table().entries().get(0);
      told.add(List.of(decision.version(), entry, decision.grounds(), decision.validUntil()));
    }
    return told;
  }

  private Plan planAt(long second, double mbps) {
    return at(second, mbps).table().at(Bandwidth.mbps(mbps)).plan();
  }

  /** The nearer server reports, then the device. */
  private Decision at(long second, double mbps) {
    loop.onReport(Crossing.server("near", second), Instant.ofEpochSecond(second));
    return decide(Crossing.device(sequence++, mbps, "near"), second);
  }

  private Decision decide(Report report, long second) {
    Verdict verdict = loop.onReport(report, Instant.ofEpochSecond(second));
    assertThat(verdict).isInstanceOf(Verdict.Decided.class);
    return ((Verdict.Decided) verdict).decision();
  }

  private static ControlLoop loop(SwitchRule rule, Planner planner) {
    return new ControlLoop(
        Crossing.SITE, planner, new Terms(rule, Duration.ofSeconds(10), Duration.ofSeconds(3), 1));
  }
}
