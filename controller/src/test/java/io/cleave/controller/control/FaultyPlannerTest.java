package io.cleave.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.controller.Agents;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerEntry;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyPlannerTest {
  private static final double BELOW_MBPS = 5;

  @Test
  void theOldPlanStaysWhileThePlannerThrows() {
    Rehearsal site = rehearsal(observation -> throwing());
    site.begin();
    Decision good = site.last();
    for (int second = 1; second <= 20; second++) {
      site.pass(Duration.ofSeconds(1));
      site.report(second, 1);
    }

    assertThat(site.last().grounds().reason()).isEqualTo(Reason.PLANNER_FAILED);
    assertThat(site.last().version()).isEqualTo(good.version());
    assertThat(site.last().table()).isEqualTo(good.table());
    assertThat(site.last().validUntil()).isAfter(site.now());
    assertThat(site.site.reasons().count(Reason.PLANNER_FAILED)).isEqualTo(20);
    assertThat(site.site.plannerFailures().getKey()).isEqualTo(20);

    site.pass(Duration.ofSeconds(1));
    site.report(21, 20);
    assertThat(site.site.reasons().count(Reason.PLANNER_FAILED)).isEqualTo(20);
  }

  @Test
  void withoutAnyPlanTheDeviceIsToldToRunAlone() {
    Rehearsal site = rehearsal(observation -> throwing());
    site.say(Agents.server("edge-1", 1));
    site.say(Agents.device("cam-1", 1));
    site.report(0, 1);

    assertThat(site.last().grounds().reason()).isEqualTo(Reason.PLANNER_FAILED);
    assertThat(site.last().table().entries().get(0).plan().isLocal()).isTrue();
  }

  @Test
  void aTableThatCannotBePricedIsAFailureToo() {
    Rehearsal site =
        rehearsal(
            observation ->
                PlanTable.constant(
                    new PlanTable.Entry(
                        Plan.split(observation.graph(), LayerSet.of(0), 7), 0.1, 8)));
    site.begin();
    site.pass(Duration.ofSeconds(1));
    site.report(1, 1);

    assertThat(site.site.reasons().count(Reason.PLANNER_FAILED)).isEqualTo(1);
    assertThat(site.last().servers()).containsExactly("edge-1");
  }

  private static PlanTable throwing() {
    throw new ArithmeticException("divided by nobody");
  }

  /** Plans well, but for slow links as told. */
  private static Rehearsal rehearsal(Planner whenSlow) {
    Planner usual = new HedgedTable(HedgedTable.Settings.STANDARD);
    Planner faulty =
        observation ->
            observation.server(1).link().up().bitsPerSecond() < BELOW_MBPS * 1e6
                ? whenSlow.plan(observation)
                : usual.plan(observation);
    PlannerCatalog catalog = PlannerCatalog.standard();
    catalog.register(
        new PlannerEntry(
            "test.Faulty",
            "faulty",
            PlannerEntry.Origin.OWN,
            List.of(),
            (options, none) -> faulty));
    return new Rehearsal("faulty", catalog, SiteSettings.Presences.STANDARD);
  }
}
