package io.cleave.controller.control;

import io.cleave.controller.journal.Entry.Kind;
import io.cleave.controller.journal.JournalReader;
import io.cleave.controller.journal.JournalReader.Line;
import io.cleave.controller.journal.Opening;
import io.cleave.controller.model.Network;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drives a fresh control loop through a journal, and compares every decision byte for byte. Each
 * session of the controller is a loop of its own. Not for many threads.
 */
public final class JournalReplay {
  private static final int MOST_EXAMPLES = 10;

  private final Networks networks;
  private final PlannerCatalog catalog;
  private final List<Session> sessions = new ArrayList<>();
  private final List<String> examples = new ArrayList<>();
  private Optional<Decider> decider = Optional.empty();
  private long skipped;

  /**
   * One run of the controller.
   *
   * @param opened when it began
   * @param opening how it began
   * @param counts of what was replayed
   * @param whole false if events are missing from the journal, so that decisions may differ
   */
  public record Session(Instant opened, Opening opening, Counts counts, boolean whole) {}

  /**
   * @param reports that were replayed
   * @param decisions that they led to
   * @param different of them from the journal's
   */
  public record Counts(long reports, long decisions, long different) {
    Counts with(boolean decided, boolean differs) {
      return new Counts(reports + 1, decisions + (decided ? 1 : 0), different + (differs ? 1 : 0));
    }
  }

  /**
   * What came out.
   *
   * @param sessions oldest first
   * @param skipped events of a session whose beginning was removed
   * @param examples of decisions that differ, in sentences
   */
  public record Result(List<Session> sessions, long skipped, List<String> examples) {
    /** True if every decision of every whole session came out again. */
    public boolean same() {
      return sessions.stream()
          .filter(Session::whole)
          .allMatch(session -> session.counts().different() == 0);
    }
  }

  private JournalReplay(Networks networks, PlannerCatalog catalog) {
    this.networks = networks;
    this.catalog = catalog;
  }

  /**
   * Replays all of it.
   *
   * @param networks that the devices ran
   * @param catalog that the planners are of
   * @throws IllegalArgumentException if the journal holds what no controller writes
   */
  public static Result of(JournalReader journal, Networks networks, PlannerCatalog catalog)
      throws SQLException {
    JournalReplay replay = new JournalReplay(networks, catalog);
    journal.forEach(replay::take);
    return new Result(replay.sessions, replay.skipped, replay.examples);
  }

  private void take(Line line) {
    if (line.kind() == Kind.OPEN) {
      open(line);
    } else if (decider.isPresent()) {
      take(decider.get(), line);
    } else {
      skipped++;
    }
  }

  private void open(Line line) {
    Opening opening = Opening.parse(line.body());
    decider = Optional.of(new Decider(opening, catalog, entry -> {}, line.at()));
    sessions.add(new Session(line.at(), opening, new Counts(0, 0, 0), true));
  }

  private void take(Decider loop, Line line) {
    switch (line.kind()) {
      case JOIN -> join(loop, line);
      case DEPART -> loop.depart(line.agent(), line.at());
      case FORGET -> loop.forget(line.agent(), line.at());
      case RAISE -> loop.raise(line.agent(), Long.parseLong(line.body()), line.at());
      case FOLLOW -> loop.follow(PlannerSpec.parse(line.body()), line.at());
      case REPORT -> report(loop, line);
      case GAP -> replaceLast(last().counts(), false);
      case OPEN, COUNTS -> {} // the one is handled before, the other is no input
    }
  }

  private void join(Decider loop, Line line) {
    byte[] body = bytes(line.body());
    Status birth = WireJson.readStatus(body);
    Optional<Network> network =
        birth.capabilities().orElseThrow().device().map(wish -> networks.withExits(wish.model()));
    loop.join(birth, network, body, line.at());
  }

  private void report(Decider loop, Line line) {
    byte[] body = bytes(line.body());
    Decider.Outcome outcome = loop.decide(WireJson.readReport(body), body, line.at());
    boolean decided = outcome.verdict() instanceof Verdict.Decided;
    boolean same = same(outcome, line);
    replaceLast(last().counts().with(decided, !same), last().whole());
    if (!same && examples.size() < MOST_EXAMPLES) {
      examples.add(
          "%s %s: %s came out, the journal has %s"
              .formatted(line.at(), line.agent(), text(outcome), line.decision()));
    }
  }

  private static boolean same(Decider.Outcome outcome, Line line) {
    if (!(outcome.verdict() instanceof Verdict.Decided decided)) {
      return line.decision().isEmpty();
    }
    Decision decision = decided.decision();
    byte[] json = WireJson.write(decision, line.at());
    return line.decision()
        .map(
            then ->
                then.version() == decision.version()
                    && then.digest() == JournalReader.digest(json)
                    && then.json().isPresent() == outcome.sent()
                    && then.json().map(sent -> sent.equals(text(json))).orElse(true))
        .orElse(false);
  }

  private static String text(Decider.Outcome outcome) {
    return outcome.verdict() instanceof Verdict.Decided decided
        ? "version %d, %s"
            .formatted(decided.decision().version(), decided.decision().grounds().reason())
        : "no decision";
  }

  private Session last() {
    return sessions.get(sessions.size() - 1);
  }

  private void replaceLast(Counts counts, boolean whole) {
    Session last = last();
    sessions.set(sessions.size() - 1, new Session(last.opened(), last.opening(), counts, whole));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
