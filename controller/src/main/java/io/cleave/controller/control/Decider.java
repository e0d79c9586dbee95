package io.cleave.controller.control;

import io.cleave.controller.journal.Entry;
import io.cleave.controller.journal.Entry.Kind;
import io.cleave.controller.journal.Opening;
import io.cleave.controller.model.Network;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.ControlLoop;
import io.cleave.policies.control.Receipt;
import io.cleave.policies.control.Site;
import io.cleave.policies.control.StabilityChecks;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.memory.TooLittleMemory;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The control loop, told to the journal: every input goes through here, so that the journal can be
 * replayed through another one to the same decisions. Also what a planner that throws is survived
 * by. Deterministic; owned by one thread.
 */
final class Decider {
  private final PlannerCatalog catalog;
  private final Map<String, Dispatch> dispatches = new HashMap<>();
  private final Map<String, Long> floors = new HashMap<>(); // versions given by earlier controllers
  private final Consumer<Entry> journal;
  private final ControlLoop loop;
  private final Duration lease;
  private PlannerSpec planner;
  private long plannerFailures;
  private String lastFailure = "";

  /**
   * What a report led to.
   *
   * @param sent true if a decision is to be sent
   */
  record Outcome(Verdict verdict, boolean sent) {}

  /**
   * A session begins.
   *
   * @throws IllegalArgumentException if the catalogue has no such planner
   */
  Decider(Opening opening, PlannerCatalog catalog, Consumer<Entry> journal, Instant now) {
    this.catalog = catalog;
    this.journal = journal;
    this.planner = PlannerSpec.parse(opening.planner());
    this.loop = new ControlLoop(catalog.create(planner), opening.terms());
    this.lease = opening.terms().lease();
    journal.accept(Entry.of(now, Kind.OPEN, "", opening.toJson()));
  }

  /**
   * An agent joins, or comes back with other capabilities.
   *
   * @param birth of the agent
   * @param network that its device role runs; empty if it has none
   * @param body the birth as JSON, for the journal
   */
  void join(Status birth, Optional<Network> network, byte[] body, Instant now) {
    Capabilities can = birth.capabilities().orElseThrow();
    DeviceClass kind = DeviceClass.byId(can.deviceClass());
    can.server()
        .ifPresent(
            service ->
                loop.admit(new Site.Server(birth.agent(), kind.profile(), service.capacity())));
    if (can.device().isPresent()) {
      loop.admit(
          new Site.Device(
              birth.agent(),
              kind.profile(),
              kind.energy(),
              network.orElseThrow().graph(),
              can.device().get().demand(),
              network.get().exits()));
      loop.raise(birth.agent(), floors.getOrDefault(birth.agent(), 0L));
      dispatches.put(birth.agent(), new Dispatch(lease));
    }
    journal.accept(new Entry(now, Kind.JOIN, birth.agent(), body, Optional.empty()));
  }

  /** It is gone for now. */
  void depart(String agent, Instant now) {
    loop.depart(agent);
    journal.accept(Entry.of(now, Kind.DEPART, agent));
  }

  /** It is gone for good. */
  void forget(String agent, Instant now) {
    loop.forget(agent);
    dispatches.remove(agent);
    journal.accept(Entry.of(now, Kind.FORGET, agent));
  }

  /** It was given this version by an earlier controller; it need not have joined yet. */
  void raise(String agent, long version, Instant now) {
    floors.put(agent, version);
    loop.raise(agent, version);
    journal.accept(Entry.of(now, Kind.RAISE, agent, Long.toString(version)));
  }

  /**
   * Another planner decides from the next report on.
   *
   * @throws IllegalArgumentException if the catalogue has no such planner; the old one stays
   */
  void follow(PlannerSpec spec, Instant now) {
    loop.follow(catalog.create(spec));
    planner = spec;
    journal.accept(Entry.of(now, Kind.FOLLOW, "", spec.toString()));
  }

  /**
   * Takes a report.
   *
   * @param payload as received, for the journal
   */
  Outcome decide(Report report, byte[] payload, Instant now) {
    Verdict verdict = compact(verdict(report, now));
    boolean sent =
        verdict instanceof Verdict.Decided decided
            && dispatches
                .computeIfAbsent(report.agent(), any -> new Dispatch(lease))
                .take(decided.decision(), report, now);
    Optional<Entry.Answer> answer =
        verdict instanceof Verdict.Decided decided
            ? Optional.of(new Entry.Answer(decided.decision(), sent))
            : Optional.empty();
    journal.accept(new Entry(now, Kind.REPORT, report.agent(), payload, answer));
    return new Outcome(verdict, sent);
  }

  /** The one place that keeps the loop alive, whatever a planner throws. */
  private Verdict verdict(Report report, Instant now) {
    try {
      return loop.onReport(report, now);
    } catch (RuntimeException failure) {
      plannerFailures++;
      lastFailure = "planner %s failed: %s".formatted(planner, failure);
      return loop.withoutPlanner(report, why(failure), now);
    }
  }

  /** As people read it; what they can do something about in full. */
  private String why(RuntimeException failure) {
    return failure instanceof TooLittleMemory
        ? String.valueOf(failure.getMessage())
        : "the planner %s failed".formatted(planner);
  }

  private static Verdict compact(Verdict verdict) {
    return verdict instanceof Verdict.Decided decided
        ? new Verdict.Decided(Compact.of(decided.decision()), decided.seen())
        : verdict;
  }

  PlannerSpec planner() {
    return planner;
  }

  long plannerFailures() {
    return plannerFailures;
  }

  /** Of the planner, for the log; empty if it never failed. */
  String lastFailure() {
    return lastFailure;
  }

  long count(Receipt receipt) {
    return loop.fleet().count(receipt);
  }

  /** As in {@link ControlLoop#guarded}. */
  Guarded guarded() {
    return loop.guarded();
  }

  /** As in {@link ControlLoop#stability}. */
  StabilityChecks.Counts stability() {
    return loop.stability();
  }

  /** As in {@link ControlLoop#correction}; 1 for an agent that is not admitted. */
  double correction(String agent, boolean admitted) {
    return admitted ? loop.correction(agent) : 1;
  }
}
