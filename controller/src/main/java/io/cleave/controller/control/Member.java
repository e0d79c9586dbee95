package io.cleave.controller.control;

import io.cleave.policies.control.Verdict;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One agent as the live loop keeps it. Owned by the loop's thread. */
final class Member {
  private final SiteSettings.Presences rules;
  private final Rivalry rivalry = new Rivalry();
  private final Series series = new Series();
  private Status birth;
  private Optional<Capabilities> admittedAs = Optional.empty();
  private Optional<DnnGraph> graph = Optional.empty();
  private String trouble = "";
  private Optional<Instant> leftAt = Optional.empty(); // said to be offline since
  private boolean gone; // as acted on
  private boolean isolated; // as acted on
  private Instant sign; // last status or report
  private Instant heardAt = Instant.EPOCH;
  private Optional<Report> report = Optional.empty();
  private FrameTotals frames = FrameTotals.ZERO;
  private AnswerTotals answers = AnswerTotals.ZERO;
  private Optional<Verdict.Decided> decided = Optional.empty();

  Member(Status birth, SiteSettings.Presences rules, Instant now) {
    this.birth = birth;
    this.rules = rules;
    this.sign = now;
  }

  /** The newest. */
  Status birth() {
    return birth;
  }

  Rivalry rivalry() {
    return rivalry;
  }

  /** It is there; true if the loop does not know it as what it says that it is. */
  boolean born(Status newBirth, Instant now) {
    birth = newBirth;
    sign = now;
    leftAt = Optional.empty();
    gone = false;
    return !admitted();
  }

  /** It is said to be gone. */
  void leaves(Instant now) {
    leftAt = Optional.of(leftAt.orElse(now));
  }

  /** True if its session was said to be over, and the time to take it back is over too. */
  boolean sessionOver(Instant now) {
    return leftAt.isPresent() && !now.isBefore(leftAt.get().plus(rules.debounce()));
  }

  /** True once when its session is over, or it has been silent for so long that it must be. */
  boolean goes(Instant now) {
    boolean before = gone;
    gone |= sessionOver(now) || now.isAfter(sign.plus(rules.expiry()));
    return gone && !before;
  }

  boolean forgotten(Instant now) {
    return now.isAfter(sign.plus(rules.memory()));
  }

  /** True once when a quarantine begins. */
  boolean isolates(Instant now) {
    boolean before = isolated;
    isolated = rivalry.quarantined(now);
    return isolated && !before;
  }

  /** The loop knows it as what it was born as. */
  void admit(Optional<DnnGraph> runs) {
    admittedAs = birth.capabilities();
    graph = runs;
    trouble = "";
  }

  /** The loop cannot know it. */
  void refuse(String why) {
    trouble = why;
    admittedAs = Optional.empty();
    graph = Optional.empty();
  }

  /** As what the loop knows it. */
  Optional<Capabilities> admittedAs() {
    return admittedAs;
  }

  /** True if the loop knows it as what it says that it is. */
  boolean admitted() {
    return admittedAs.equals(birth.capabilities());
  }

  /** True if nobody could make out what it is. */
  boolean refused() {
    return !trouble.isEmpty();
  }

  /** That it runs as a device. */
  Optional<DnnGraph> graph() {
    return graph;
  }

  /** Its freshest report; brings back one that had been silent. */
  void heard(Report fresh, Instant now) {
    report = Optional.of(fresh);
    heardAt = now;
    sign = now;
    gone = false;
    frames = frames.with(fresh.stamp().epoch(), fresh.frames().counts());
    answers = answers.with(fresh.stamp().epoch(), fresh.frames().answers());
    if (birth.capabilities().orElseThrow().device().isPresent()) {
      series.add(fresh, decided.map(last -> last.decision().servers()).orElse(List.of()), now);
    }
  }

  /** True if the report is newer than all before. */
  boolean newest(Report next) {
    return report.isEmpty() || next.stamp().compareTo(report.get().stamp()) > 0;
  }

  Optional<Verdict.Decided> decided() {
    return decided;
  }

  void decide(Verdict.Decided last) {
    decided = Optional.of(last);
  }

  AgentState state(long revision, double correction) {
    return new AgentState(
        birth.agent(),
        revision,
        birth.capabilities().orElseThrow(),
        graph,
        new AgentState.Presence(gone, rivalry.until(), heardAt),
        trouble,
        report,
        frames.total(),
        answers.total(),
        frames.lost(gone),
        correction,
        decided,
        series);
  }
}
