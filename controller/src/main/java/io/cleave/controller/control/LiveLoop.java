package io.cleave.controller.control;

import io.cleave.controller.journal.Entry;
import io.cleave.controller.journal.Entry.Kind;
import io.cleave.controller.journal.Opening;
import io.cleave.controller.model.Network;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Receipt;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who is at the site, in front of the loop that decides: statuses and reports in, decisions out.
 * What the loop is not to see, since it is late, foreign or from nobody, is counted and goes no
 * further. Time is an argument; owned by one thread.
 */
public final class LiveLoop {
  private static final Duration TELLING = Duration.ofMinutes(1);

  private final SiteSettings settings;
  private final Decider decider;
  private final SiteState site;
  private final Outlets outlets;
  private final Map<String, Member> members = new HashMap<>();
  private long toldRefusals;
  private Instant toldAt = Instant.EPOCH;

  /**
   * Where things go.
   *
   * @param decisions to be sent
   * @param newcomers births of agents that are to be looked up; the answer is {@link #met}
   * @param journal of all inputs
   */
  record Outlets(
      Consumer<Decision> decisions, Consumer<Status> newcomers, Consumer<Entry> journal) {}

  LiveLoop(SiteSettings settings, SiteState site, Outlets outlets, Instant now) {
    this.settings = settings;
    this.site = site;
    this.outlets = outlets;
    Opening opening = Opening.of(settings.site(), settings.planner(), settings.terms());
    this.decider = new Decider(opening, settings.catalog(), outlets.journal(), now);
    site.planner(decider.planner());
  }

  /**
   * Takes a status.
   *
   * @param retained true if the broker had kept it: it may be old
   */
  public void onStatus(Status status, boolean retained, Instant now) {
    Member member = members.get(status.agent());
    if (member == null) {
      if (status.online()) {
        join(status, now);
      }
    } else if (status.epoch() < member.birth().epoch()) {
      old(member, status, retained, now);
    } else if (!status.online()) {
      member.leaves(now);
    } else {
      if (status.epoch() > member.birth().epoch()) {
        member.rivalry().changed(now);
      }
      if (member.born(status, now)) {
        outlets.newcomers().accept(status);
      }
      check(member, now);
    }
  }

  private void join(Status birth, Instant now) {
    if (members.size() >= settings.presence().mostAgents()) {
      site.refusals().add(Refusal.TOO_MANY_AGENTS);
      return;
    }
    Member member = new Member(birth, settings.presence(), now);
    members.put(birth.agent(), member);
    show(member);
    outlets.newcomers().accept(birth);
  }

  private void old(Member member, Status status, boolean retained, Instant now) {
    site.refusals().add(status.online() ? Refusal.OLD_BIRTH : Refusal.OLD_WILL);
    if (status.online() && !retained) { // somebody lives who should be over
      member.rivalry().sign(now);
      check(member, now);
    }
  }

  /** A newcomer was looked up. */
  void met(Newcomer newcomer, Instant now) {
    Member member = members.get(newcomer.birth().agent());
    if (member == null || !member.birth().equals(newcomer.birth()) || member.admitted()) {
      return; // it has changed since, and is looked up again
    }
    boolean other = member.admittedAs().map(was -> otherRoles(was, newcomer)).orElse(false);
    if (other || !newcomer.trouble().isEmpty()) {
      member.admittedAs().ifPresent(was -> decider.forget(newcomer.birth().agent(), now));
    }
    if (newcomer.trouble().isEmpty()) {
      decider.join(newcomer.birth(), newcomer.network(), WireJson.write(newcomer.birth()), now);
      member.admit(newcomer.network().map(Network::graph));
    } else {
      member.refuse(newcomer.trouble());
    }
    show(member);
  }

  private static boolean otherRoles(Capabilities was, Newcomer newcomer) {
    Capabilities is = newcomer.birth().capabilities().orElseThrow();
    return was.device().isPresent() != is.device().isPresent()
        || was.dataAddress().isPresent() != is.dataAddress().isPresent();
  }

  /** A model came in: those that nobody could make out are looked up again. */
  public void onModel() {
    members.values().stream()
        .filter(Member::refused)
        .forEach(member -> outlets.newcomers().accept(member.birth()));
  }

  /** A plan of an earlier controller is still at the broker. */
  public void onOldPlan(Decision plan, Instant now) {
    decider.raise(plan.agent(), plan.version(), now);
  }

  /**
   * Decides by another planner from the next report on.
   *
   * @throws IllegalArgumentException if the catalogue has no such planner; the old one stays
   */
  public void follow(PlannerSpec planner, Instant now) {
    decider.follow(planner, now);
    site.planner(planner);
  }

  /**
   * Takes a report.
   *
   * @param payload as received
   */
  public void onReport(Report report, byte[] payload, Instant now) {
    Member member = members.get(report.agent());
    if (member == null || report.stamp().epoch() > member.birth().epoch()) {
      site.refusals().add(Refusal.BEFORE_BIRTH);
      return;
    }
    boolean old = report.stamp().epoch() < member.birth().epoch();
    if (old) {
      member.rivalry().oldReport(report.stamp(), now);
      check(member, now);
    }
    if (member.rivalry().quarantined(now)) {
      site.refusals().add(Refusal.QUARANTINED);
    } else if (old) {
      site.refusals().add(Refusal.OLD_SESSION);
    } else if (member.sessionOver(now)) {
      site.refusals().add(Refusal.OFFLINE);
    } else if (!member.admitted()) {
      site.refusals().add(Refusal.NOT_ADMITTED);
      if (member.newest(report)) { // shown all the same
        member.heard(report, now);
        show(member);
      }
    } else {
      decide(member, report, payload, now);
    }
  }

  private void decide(Member member, Report report, byte[] payload, Instant now) {
    Decider.Outcome outcome = decider.decide(report, payload, now);
    if (outcome.verdict() instanceof Verdict.Decided decided) {
      member.heard(report, now);
      if (outcome.sent()) {
        outlets.decisions().accept(decided.decision());
      }
      site.decided(member, decided, outcome.sent(), now);
      member.decide(decided);
    } else if (outcome.verdict().equals(new Verdict.Noted(Receipt.FRESH))) {
      member.heard(report, now);
    }
    site.received(report, outcome.verdict());
    site.stability(decider.stability());
    site.guarded(decider.guarded());
    site.plannerFailures(decider.plannerFailures(), decider.lastFailure());
    show(member);
  }

  /** Time goes on: who is gone, who is forgotten. Call it several times a second. */
  public void tick(Instant now) {
    for (Member member : new ArrayList<>(members.values())) {
      String name = member.birth().agent();
      if (member.forgotten(now)) {
        members.remove(name);
        site.forget(name);
        member.admittedAs().ifPresent(was -> decider.forget(name, now));
      } else if (member.goes(now)) {
        leave(member, now);
      } else if (member.isolates(now)) {
        leave(member, now);
      }
    }
    tellRefusals(now);
  }

  /** Once a minute, if there are more. */
  private void tellRefusals(Instant now) {
    long refused = site.refusals().sum();
    if (refused > toldRefusals && !now.isBefore(toldAt.plus(TELLING))) {
      toldRefusals = refused;
      toldAt = now;
      outlets.journal().accept(Entry.of(now, Kind.COUNTS, "", site.refusals().toString()));
    }
  }

  /** Nobody counts on what two agents say under one name. */
  private void check(Member member, Instant now) {
    if (member.isolates(now)) {
      leave(member, now);
    } else {
      show(member);
    }
  }

  private void leave(Member member, Instant now) {
    if (member.admitted()) {
      decider.depart(member.birth().agent(), now);
    }
    show(member);
  }

  private void show(Member member) {
    double correction = decider.correction(member.birth().agent(), member.admitted());
    site.show(member, correction);
  }
}
