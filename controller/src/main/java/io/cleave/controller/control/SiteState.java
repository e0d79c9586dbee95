package io.cleave.controller.control;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Receipt;
import io.cleave.policies.control.StabilityChecks;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.wire.FrameReport.Answered;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What can be read of a site while it runs: agents, decisions, counts. Thread-safe. */
public final class SiteState {
  private final SiteSettings settings;
  private final Map<String, AgentState> agents = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong();
  private final DecisionLog log = new DecisionLog();
  private final Tally<Refusal> refusals;
  private final Tally<Receipt> receipts;
  private final Tally<Reason> reasons;
  private final Counter sent;
  private final Timer frames;
  private volatile PlannerSpec planner;
  private volatile Guarded guarded = Guarded.NONE;
  private volatile StabilityChecks.Counts stability = StabilityChecks.Counts.NONE;
  private volatile long plannerFailures;
  private volatile String plannerFailure = "";

  /** Nobody yet. */
  public SiteState(SiteSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.planner = PlannerSpec.parse(settings.planner());
    this.refusals = new Tally<>(meters, "cleave.refused", "kind", Refusal.class);
    this.receipts = new Tally<>(meters, "cleave.reports", "receipt", Receipt.class);
    this.reasons = new Tally<>(meters, "cleave.decisions", "reason", Reason.class);
    sent = meters.counter("cleave.decisions.sent");
    frames =
        Timer.builder("cleave.frame.latency")
            .description("Latency of the frames that devices answered lately")
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(meters);
    meters.gaugeMapSize("cleave.agents", List.of(), agents);
  }

  void show(Member member, double correction) {
    agents.put(member.birth().agent(), member.state(revision.incrementAndGet(), correction));
  }

  void forget(String agent) {
    agents.remove(agent);
    revision.incrementAndGet();
  }

  void received(Report report, Verdict verdict) {
    Receipt receipt =
        verdict instanceof Verdict.Dropped dropped
            ? dropped.receipt()
            : verdict instanceof Verdict.Noted noted ? noted.receipt() : Receipt.FRESH;
    receipts.add(receipt);
    if (receipt.accepted()) {
      for (Answered frame : report.frames().recent()) {
        frames.record((long) (1e9 * frame.latencySeconds()), TimeUnit.NANOSECONDS);
      }
    }
  }

  void decided(Member member, Verdict.Decided decided, boolean isSent, Instant now) {
    Reason reason = decided.decision().grounds().reason();
    reasons.add(reason);
    if (isSent) {
      sent.increment();
    }
    if (isSent && (reason.switches() || reason == Reason.PLANNER_FAILED)) {
      log.add(
          now,
          decided.decision().agent(),
          decided.decision().version(),
          reason,
          Sentence.of(member.decided(), decided, member.graph().orElseThrow()));
    }
  }

  void planner(PlannerSpec newPlanner) {
    planner = newPlanner;
  }

  void guarded(Guarded counts) {
    guarded = counts;
  }

  void stability(StabilityChecks.Counts counts) {
    stability = counts;
  }

  void plannerFailures(long failures, String last) {
    plannerFailures = failures;
    plannerFailure = last;
  }

  public SiteSettings settings() {
    return settings;
  }

  public PlannerSpec planner() {
    return planner;
  }

  /** How often the planner had to be kept from what it has learned. */
  public Guarded guarded() {
    return guarded;
  }

  /** What samples said of the stability of the assignment. */
  public StabilityChecks.Counts stability() {
    return stability;
  }

  /** How often a planner threw, and what last; empty if none did. */
  public Map.Entry<Long, String> plannerFailures() {
    return Map.entry(plannerFailures, plannerFailure);
  }

  /** All that are known, in no order. */
  public Collection<AgentState> agents() {
    return agents.values();
  }

  public Optional<AgentState> agent(String name) {
    return Optional.ofNullable(agents.get(name));
  }

  /** Ascends with every change of an agent. */
  public long revision() {
    return revision.get();
  }

  public DecisionLog log() {
    return log;
  }

  /** What was refused before it came to the loop. */
  public Tally<Refusal> refusals() {
    return refusals;
  }

  /** What became of the reports of admitted agents. */
  public Tally<Receipt> receipts() {
    return receipts;
  }

  /** Decisions, sent or not. */
  public Tally<Reason> reasons() {
    return reasons;
  }

  /** How many decisions were sent. */
  public long sent() {
    return (long) sent.count();
  }

  /** Of the frames answered in the last minutes; empty if there were none. */
  public OptionalDouble p95Seconds() {
    return Arrays.stream(frames.takeSnapshot().percentileValues())
        .filter(value -> value.percentile() == 0.95 && frames.count() > 0)
        .mapToDouble(value -> value.value(TimeUnit.SECONDS))
        .findFirst();
  }
}
