package io.cleave.controller.control;

import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The last {@value #MOST} decisions that changed something, newest first. Thread-safe. */
public final class DecisionLog {
  /** Lines that are kept. */
  public static final int MOST = 2000;

  private final ArrayDeque<Line> lines = new ArrayDeque<>(); // oldest first
  private long last;

  /**
   * A decision as people read it.
   *
   * @param number ascending, without gaps
   * @param at when
   * @param agent for whom
   * @param version of the decision
   * @param reason as programs read it
   * @param sentence what changed and why
   */
  public record Line(
      long number, Instant at, String agent, long version, Reason reason, String sentence) {}

  synchronized void add(Instant at, String agent, long version, Reason reason, String sentence) {
    last++;
    lines.addLast(new Line(last, at, agent, version, reason, sentence));
    if (lines.size() > MOST) {
      lines.removeFirst();
    }
  }

  /** The newest lines, of one agent or of all. */
  public synchronized List<Line> newest(int limit, Optional<String> agent) {
    List<Line> newest = new ArrayList<>();
    Iterator<Line> backwards = lines.descendingIterator();
    while (backwards.hasNext() && newest.size() < limit) {
      Line line = backwards.next();
      if (agent.isEmpty() || agent.get().equals(line.agent())) {
        newest.add(line);
      }
    }
    return newest;
  }

  /** Lines after this number that are still kept, oldest first. */
  public synchronized List<Line> since(long number) {
    return lines.stream().filter(line -> line.number() > number).toList();
  }

  /** Number of the newest line; 0 before the first. */
  public synchronized long last() {
    return last;
  }
}
