package io.cleave.controller.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.controller.Agents;
import io.cleave.controller.control.AgentState.Standing;
import io.cleave.controller.control.SiteSettings.Presences;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Receipt;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveLoopTest {
  private final Rehearsal site = new Rehearsal();

  @Test
  void aReportIsAnsweredWithAPlan() {
    site.begin();

    assertThat(site.sent).hasSize(1);
    assertThat(site.last().agent()).isEqualTo("cam-1");
    assertThat(site.last().servers()).containsExactly("edge-1");
    assertThat(site.standing("cam-1")).isEqualTo(Standing.ONLINE);
    assertThat(site.site.log().newest(10, java.util.Optional.of("cam-1"))).hasSize(1);
  }

  @Test
  void anUnchangedPlanIsSentAgainOnlyWhenHalfOfItsLeaseIsOver() {
    // Leases of 10 s, reports each second for 30 s: due after more than 5 s each time.
    site.begin();
    for (int second = 1; second <= 30; second++) {
      site.pass(Duration.ofSeconds(1));
      site.report(second, 20);
    }

    assertThat(site.sent).hasSize(6); // at 0, 6, 12, 18, 24 and 30 s
    assertThat(site.site.reasons().sum()).isEqualTo(31);
    assertThat(site.last().validUntil()).isEqualTo(site.now().plusSeconds(10));
  }

  @Test
  void anotherPlanIsSentAtOnce() {
    site.begin();
    site.pass(Duration.ofSeconds(1));
    site.report(1, 0.001);

    assertThat(site.sent).hasSize(2);
    assertThat(site.last().version()).isGreaterThan(site.sent.get(0).version());
  }

  @Test
  void aPlanThatTheDeviceSaysItHasNotGotIsSentOnceMore() {
    site.begin();
    for (int i = 1; i <= 3; i++) {
      site.pass(Duration.ofSeconds(1));
      site.say(Agents.report("edge-1", 1, i));
      site.say(Agents.report("cam-1", new Stamp(1, i), "edge-1", 20, 0));
    }

    assertThat(site.sent).hasSize(4);
  }

  @Test
  void aWillOfAnOlderSessionChangesNothing() {
    // Hard case 9: gone at 0 s, back at 5 s with a new session, the old one's will at 22.5 s.
    site.begin();
    site.pass(Duration.ofSeconds(5));
    site.say(Agents.server("edge-1", 2));
    long switches = 0;
    for (int i = 0; i < 25; i++) {
      site.pass(Duration.ofSeconds(1));
      if (i == 17) {
        site.say(Status.offline("edge-1", 1));
      }
      site.say(Agents.report("edge-1", 2, i));
      int before = site.sent.size();
      site.say(Agents.report("cam-1", new Stamp(1, i + 1), "edge-1", 20, site.last().version()));
      if (i > 0 && site.sent.size() > before) {
        switches += site.last().grounds().reason().switches() ? 1 : 0;
      }
    }

    assertThat(site.standing("edge-1")).isEqualTo(Standing.ONLINE);
    assertThat(site.refused(Refusal.OLD_WILL)).isEqualTo(1);
    assertThat(switches).isZero();
  }

  @Test
  void aShortOfflineIsNotActedOn() {
    site.begin();
    int before = site.sent.size();
    site.say(Status.offline("edge-1", 1)); // taken over, and back within milliseconds
    site.say(Agents.server("edge-1", 1));
    site.pass(Duration.ofSeconds(1));
    site.report(1, 20);

    assertThat(site.sent).hasSize(before);
    assertThat(site.journal).noneMatch(entry -> entry.kind().name().equals("DEPART"));
  }

  @Test
  void aServerThatIsGoneIsNotCountedOn() {
    site.begin();
    site.say(Status.offline("edge-1", 1));
    site.pass(Duration.ofMillis(1250));
    site.say(Agents.report("edge-1", 1, 1)); // still on its way when the session ended
    site.say(Agents.report("cam-1", new Stamp(1, 1), "edge-1", 20, 0));

    assertThat(site.standing("edge-1")).isEqualTo(Standing.OFFLINE);
    assertThat(site.refused(Refusal.OFFLINE)).isEqualTo(1);
    assertThat(site.last().grounds().reason()).isEqualTo(Reason.NO_SERVER);
    assertThat(site.last().servers()).isEmpty();
  }

  @Test
  void aRetainedBirthWithoutReportsIsNotOnline() {
    // Hard case 9, third variant: the will was not retained, so a dead node looks online.
    site.sayRetained(Agents.server("edge-1", 1));
    site.pass(Duration.ofSeconds(4));
    assertThat(site.standing("edge-1")).isEqualTo(Standing.SILENT);

    site.pass(Duration.ofSeconds(30));
    assertThat(site.standing("edge-1")).isEqualTo(Standing.OFFLINE);
  }

  @Test
  void ghostsAreForgotten() {
    // Hard case 16: a server that restarts under another name each time.
    for (int i = 0; i < 20; i++) {
      site.say(Agents.server("edge-" + i, 1));
      site.say(Agents.report("edge-" + i, 1, 0));
    }
    site.say(Agents.device("cam-1", 1));
    for (int second = 0; second <= 601; second++) {
      site.pass(Duration.ofSeconds(1));
      site.say(Agents.report("edge-19", 1, second + 1));
      site.say(Agents.report("cam-1", new Stamp(1, second), "edge-19", 20, 0));
    }

    assertThat(site.site.agents()).hasSize(2);
    assertThat(site.last().servers()).containsExactly("edge-19");
  }

  @Test
  void reportsBeforeTheBirthAreCountedAndKeptOut() {
    site.say(Agents.report("cam-9", new Stamp(1, 0), "edge-1", 20, 0));
    site.begin();
    site.say(Agents.report("cam-1", new Stamp(2, 0), "edge-1", 20, 0)); // of the next session

    assertThat(site.refused(Refusal.BEFORE_BIRTH)).isEqualTo(2);
    assertThat(site.site.agent("cam-9")).isEmpty();
    assertThat(site.agent("cam-1").report().orElseThrow().stamp()).isEqualTo(new Stamp(1, 0));
  }

  @Test
  void aDeviceWithANetworkThatNobodyHasIsShownWithTheReason() {
    site.begin();
    site.say(Agents.device("cam-2", 1, "mine.onnx"));
    site.say(Agents.device("cam-3", 1, "zoo:alexnut"));
    site.say(Agents.report("cam-2", new Stamp(1, 0), "edge-1", 20, 0));

    assertThat(site.agent("cam-2").trouble()).contains("mine.onnx").contains("POST /api/models");
    assertThat(site.agent("cam-3").trouble()).contains("alexnet");
    assertThat(site.agent("cam-2").report()).isPresent();
    assertThat(site.refused(Refusal.NOT_ADMITTED)).isEqualTo(1);
    assertThat(site.sent).allMatch(decision -> decision.agent().equals("cam-1"));
  }

  @Test
  void twoAgentsOfOneNameArePutAsideAndNobodyReplansForThem() {
    // Hard case 11: each throws the other out once a second, and each is born with its own epoch.
    site.begin();
    for (int second = 1; second <= 60; second++) {
      site.pass(Duration.ofSeconds(1));
      site.say(Agents.server("edge-1", 1 + second));
      site.say(Agents.report("edge-1", 1 + second, 0));
      site.say(Agents.report("cam-1", new Stamp(1, second), "edge-1", 20, site.last().version()));
    }
    long switches = site.site.log().newest(1000, java.util.Optional.of("cam-1")).size();

    assertThat(site.standing("edge-1")).isEqualTo(Standing.QUARANTINED);
    assertThat(site.refused(Refusal.QUARANTINED)).isGreaterThan(50);
    assertThat(switches).isLessThanOrEqualTo(2); // to the server, and away from it
    assertThat(site.last().servers()).isEmpty();

    site.pass(Duration.ofSeconds(31)); // one of them was stopped
    site.say(Agents.report("edge-1", 61, 1));
    assertThat(site.standing("edge-1")).isEqualTo(Standing.ONLINE);
  }

  @Test
  void anOldSessionThatGoesOnIsASignToo() {
    site.begin();
    site.say(Agents.server("edge-1", 2));
    for (int second = 1; second <= 10; second++) {
      site.pass(Duration.ofSeconds(1));
      site.say(Agents.report("edge-1", 1, second));
      site.say(Agents.report("edge-1", 2, second));
    }

    assertThat(site.standing("edge-1")).isEqualTo(Standing.QUARANTINED);
  }

  @Test
  void shuffledAndDoubledReportsChangeNothing() {
    // Hard case 10: everything twice, in any order.
    List<Report> reports = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      Report report = Agents.report("cam-1", new Stamp(1, i), "edge-1", 20, 0);
      reports.addAll(List.of(report, report));
    }
    Collections.shuffle(reports, new Random(7));
    site.begin();
    reports.forEach(site::say);

    assertThat(site.site.receipts().count(Receipt.DUPLICATE)).isEqualTo(60);
    assertThat(site.site.receipts().count(Receipt.FRESH) + site.site.receipts().count(Receipt.LATE))
        .isEqualTo(62); // and one of each at the beginning
    assertThat(site.agent("cam-1").report().orElseThrow().stamp().sequence()).isEqualTo(60);
    assertThat(site.standing("cam-1")).isEqualTo(Standing.ONLINE);
    assertThat(site.sent.stream().map(Decision::table).distinct()).hasSize(1);
  }

  @Test
  void thePlannerCanBeChangedWhileItRuns() {
    site.begin();
    site.live().follow(PlannerSpec.parse("local"), site.now());
    site.pass(Duration.ofSeconds(1));
    site.report(1, 20);

    assertThat(site.last().servers()).isEmpty();
    assertThat(site.site.planner().toString()).isEqualTo("local");
    assertThatThrownBy(() -> site.live().follow(PlannerSpec.parse("clever"), site.now()))
        .hasMessageContaining("cleave");
    assertThat(site.site.planner().toString()).isEqualTo("local");
  }

  @Test
  void versionsGoOnWhereAnEarlierControllerEnded() {
    site.begin();
    Decision old = site.last();
    Rehearsal next = new Rehearsal();
    next.live()
        .onOldPlan(
            new Decision("cam-1", 41, old.servers(), old.table(), old.validUntil(), old.grounds()),
            next.now());
    next.begin();
    assertThat(next.last().version()).isEqualTo(42);

    Rehearsal blind = new Rehearsal(); // no journal, no retained plan; but the device tells
    blind.say(Agents.server("edge-1", 1));
    blind.say(Agents.device("cam-1", 1));
    blind.say(Agents.report("edge-1", 1, 0));
    blind.say(Agents.report("cam-1", new Stamp(1, 0), "edge-1", 20, 99));
    assertThat(blind.last().version()).isEqualTo(100);
  }

  @Test
  void aSiteHasNoMoreAgentsThanItMay() {
    Presences few =
        new Presences(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1), 2);
    Rehearsal small = new Rehearsal("cleave", few);
    small.begin();
    small.say(Agents.device("cam-2", 1));

    assertThat(small.refused(Refusal.TOO_MANY_AGENTS)).isEqualTo(1);
    assertThat(small.site.agents()).hasSize(2);
  }
}
