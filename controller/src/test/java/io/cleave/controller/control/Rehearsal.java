package io.cleave.controller.control;

import io.cleave.controller.Agents;
import io.cleave.controller.journal.Entry;
import io.cleave.controller.model.ModelFolder;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.control.Terms;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A live loop whose time is set by hand; all that it says is kept. */
final class Rehearsal {
  final List<Decision> sent = new ArrayList<>();
  final List<Entry> journal = new ArrayList<>();
  final SiteState site;
  private final ArrayDeque<Status> births = new ArrayDeque<>();
  private final Networks networks = new Networks(new ModelFolder(Path.of("target/no-models"), 1));
  private final LiveLoop live;
  private Instant now = Instant.EPOCH.plusSeconds(1_000_000);

  Rehearsal() {
    this("cleave", SiteSettings.Presences.STANDARD);
  }

  Rehearsal(String planner, SiteSettings.Presences presences) {
    this(planner, PlannerCatalog.standard(), presences);
  }

  /** With the site as a whole choosing servers in this way. */
  Rehearsal(Targeting targeting) {
    this(
        "cleave",
        PlannerCatalog.standard(),
        SiteSettings.Presences.STANDARD,
        Terms.of(SwitchRule.none()).with(targeting));
  }

  Rehearsal(String planner, PlannerCatalog catalog, SiteSettings.Presences presences) {
    this(planner, catalog, presences, Terms.of(SwitchRule.none()));
  }

  private Rehearsal(
      String planner, PlannerCatalog catalog, SiteSettings.Presences presences, Terms terms) {
    site =
        new SiteState(
            new SiteSettings("site-1", planner, catalog, terms, presences),
            new SimpleMeterRegistry());
    live =
        new LiveLoop(
            site.settings(), site, new LiveLoop.Outlets(sent::add, births::add, journal::add), now);
  }

  LiveLoop live() {
    return live;
  }

  Instant now() {
    return now;
  }

  void say(Status status) {
    live.onStatus(status, false, now);
    while (!births.isEmpty()) {
      live.met(Newcomer.meet(births.remove(), networks), now);
    }
  }

  void sayRetained(Status status) {
    live.onStatus(status, true, now);
  }

  void say(Report report) {
    live.onReport(report, WireJson.write(report), now);
  }

  /** Time goes on, a quarter of a second at a time. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusMillis(250);
      live.tick(now);
    }
  }

  /** The usual site: edge-1 and cam-1, both born, and one report of each. */
  void begin() {
    say(Agents.server("edge-1", 1));
    say(Agents.device("cam-1", 1));
    report(0, 20);
  }

  /** One report of edge-1 and one of cam-1, which has got what was sent last. */
  void report(long sequence, double uplinkMbps) {
    say(Agents.report("edge-1", 1, sequence));
    long version = sent.isEmpty() ? 0 : sent.get(sent.size() - 1).version();
    say(Agents.report("cam-1", new Stamp(1, sequence), "edge-1", uplinkMbps, version));
  }

  AgentState agent(String name) {
    return site.agent(name).orElseThrow();
  }

  AgentState.Standing standing(String name) {
    return agent(name).standing(now, site.settings().terms().maxReportAge());
  }

  Decision last() {
    return sent.get(sent.size() - 1);
  }

  long refused(Refusal refusal) {
    return site.refusals().count(refusal);
  }
}
