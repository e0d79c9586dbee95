package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A site that changes while the loop runs: who leaves for good, who was there before us. */
class ComingsAndGoingsTest {
  private final ControlLoop loop = loop(Crossing.pointwise());
  private long sequence;

  @Test
  void serversBehindAForgottenOneMoveUp() {
    Decision before = decide(6, "far");
    assertThat(before.table().entries().get(0).plan())
        .isEqualTo(Plan.split(Crossing.GRAPH, Crossing.B.near(), 2));

    loop.forget("near");
    Decision after = decide(6, "far");

    assertThat(after.servers()).containsExactly("far");
    assertThat(after.table().entries().get(0).plan()).isEqualTo(Crossing.B);
    assertThat(after.grounds().reason()).isEqualTo(Reason.REFRESHED); // the same plan, renumbered
    assertThat(after.version()).isEqualTo(before.version() + 1);
  }

  @Test
  void aPlanWithAForgottenServerIsNoPlanAnyMore() {
    decide(6, "near");
    loop.forget("near");
    Decision after = decide(6, "near", "far");

    assertThat(after.servers()).containsExactly("far");
    assertThat(after.grounds().reason()).isEqualTo(Reason.FIRST);
  }

  @Test
  void reportsOfAForgottenAgentAreFromNobody() {
    decide(6, "near");
    loop.forget("camera");

    assertThat(loop.onReport(Crossing.device(9, 6, "near"), Instant.EPOCH))
        .isEqualTo(new Verdict.Dropped(Receipt.UNKNOWN));
  }

  @Test
  void versionsStayAboveWhatTheDeviceHas() {
    assertThat(decide(6, "near").version()).isEqualTo(1);
    loop.raise("camera", 40);
    assertThat(decide(6, "near").version()).isGreaterThan(40);

    Decision told = decided(report(6, 70, "near")); // says that it has version 70
    assertThat(told.version()).isGreaterThan(70);
  }

  @Test
  void aPlanThatStaysGetsANumberOfItsOwnWhenVersionsAreRaised() {
    // The plan for 4 Mbit/s is kept at 6, where another gains less than half, but not its number.
    ControlLoop steady =
        new ControlLoop(Crossing.SITE, Crossing.pointwise(), Terms.of(new SwitchRule(0.5, 0, 0)));
    steady.onReport(Crossing.server("near", 0), Instant.EPOCH);
    steady.onReport(Crossing.device(0, 4, "near"), Instant.EPOCH);
    steady.raise("camera", 40);
    Verdict verdict = steady.onReport(Crossing.device(1, 6, "near"), Instant.EPOCH);

    Decision decision = ((Verdict.Decided) verdict).decision();
    assertThat(decision.grounds().reason()).isEqualTo(Reason.SMALL_GAIN);
    assertThat(decision.version()).isEqualTo(41);
  }

  @Test
  void aVersionThatNobodyReachesByCountingIsIgnored() {
    decide(6, "near");
    Decision told = decided(report(6, Long.MAX_VALUE, "near"));

    assertThat(told.version()).isEqualTo(2);
  }

  @Test
  void withoutThePlannerTheTableInForceStays() {
    Decision before = decide(6, "near");
    Report next = Crossing.device(sequence++, 1, "near");
    loop.onReport(next, Instant.EPOCH);
    Decision kept = loop.withoutPlanner(next, "it threw", Instant.EPOCH.plusSeconds(1)).decision();

    assertThat(before.version()).isEqualTo(1);
    assertThat(kept.grounds().reason()).isEqualTo(Reason.PLANNER_FAILED);
    assertThat(kept.grounds().text()).isEqualTo("it threw");
    assertThat(kept.validUntil()).isEqualTo(Instant.ofEpochSecond(11));
    assertThatThrownBy(
            () -> loop.withoutPlanner(Crossing.server("near", 9), "it threw", Instant.EPOCH))
        .hasMessageContaining("near");
  }

  @Test
  void aPlannerThatThrowsLeavesTheLoopAsItWas() {
    ControlLoop faulty =
        loop(
            seen -> {
              throw new IllegalStateException("no idea");
            });
    faulty.onReport(Crossing.server("near", 0), Instant.EPOCH);
    Report report = Crossing.device(0, 6, "near");
    assertThatThrownBy(() -> faulty.onReport(report, Instant.EPOCH)).hasMessage("no idea");
    Decision alone = faulty.withoutPlanner(report, "no idea", Instant.EPOCH).decision();

    assertThat(alone.version()).isEqualTo(1);
    assertThat(alone.table().entries().get(0).plan()).isEqualTo(Plan.local(Crossing.GRAPH));
    faulty.follow(Crossing.pointwise());
    Verdict next = faulty.onReport(Crossing.device(1, 6, "near"), Instant.EPOCH);
    assertThat(((Verdict.Decided) next).decision().servers()).contains("near");
  }

  @Test
  void aThousandDevicesOfOneClassShareTheirTimes() {
    AtomicInteger worked = new AtomicInteger();
    LayerProfile counting =
        graph -> {
          worked.incrementAndGet();
          return LayerTimes.of(new double[] {0, 0.05, 10}, 0);
        };
    Site.Device camera = Crossing.SITE.devices().get(0);
    ControlLoop large = new ControlLoop(Crossing.pointwise(), Terms.of(SwitchRule.none()));
    for (int i = 0; i < 1000; i++) {
      large.admit(
          new Site.Device("cam-" + i, counting, camera.power(), camera.graph(), camera.demand()));
    }
    large.admit(new Site.Server("near", DeviceClass.DESKTOP.profile()));

    assertThat(worked).hasValue(1);
  }

  @Test
  void anAgentOfBothRolesIsOneMachine() {
    LayerProfile profile = Crossing.SITE.devices().get(0).profile();
    loop.admit(new Site.Server("camera", profile));
    for (int i = 0; i < 10; i++) {
      RunReport run = new RunReport("crossing", LayerSet.range(0, 2), 0.1);
      loop.onReport(
          new Report("camera", new Stamp(1, i), LoadReport.IDLE, List.of(), List.of(run), 0),
          Instant.EPOCH);
    }

    assertThat(loop.correction("camera")).isEqualTo(2); // 0.05 s by the profile
  }

  @Test
  void aServerThatIsNamedTwiceIsOneServer() {
    LinkReport link = new LinkReport("near", 6e6, 1e9, 0, List.of(1.0));
    Report twice =
        new Report(
            "camera", new Stamp(1, 0), LoadReport.IDLE, List.of(link, link, link), List.of(), 0);
    loop.onReport(Crossing.server("near", 0), Instant.EPOCH);
    Verdict verdict = loop.onReport(twice, Instant.EPOCH);

    assertThat(((Verdict.Decided) verdict).seen().orElseThrow().servers()).hasSize(1);
  }

  private Decision decide(double mbps, String... servers) {
    return decided(Crossing.device(sequence, mbps, servers));
  }

  private Decision decided(Report report) {
    loop.onReport(Crossing.server("near", sequence), Instant.EPOCH);
    loop.onReport(Crossing.server("far", sequence), Instant.EPOCH);
    sequence++;
    return ((Verdict.Decided) loop.onReport(report, Instant.EPOCH)).decision();
  }

  private Report report(double mbps, long version, String... servers) {
    Report plain = Crossing.device(sequence, mbps, servers);
    return new Report(
        plain.agent(), plain.stamp(), plain.load(), plain.links(), plain.runs(), version);
  }

  private static ControlLoop loop(Planner planner) {
    return new ControlLoop(Crossing.SITE, planner, Terms.of(SwitchRule.none()));
  }
}
