package io.cleave.agents.frame;

import io.cleave.policies.wire.FrameReport;
import java.util.ArrayList;
import java.util.List;

/** What answered frames were told, counted. Thread-safe. */
public final class AnswerCounts {
  private final List<Long> byExit = new ArrayList<>(); // [exit of the network]
  private long labelled;
  private long right;

  synchronized void add(FrameRecord.Told told) {
    told.exit()
        .ifPresent(
            exit -> {
              while (byExit.size() < exit) {
                byExit.add(0L);
              }
              byExit.set(exit - 1, byExit.get(exit - 1) + 1);
            });
    told.right()
        .ifPresent(
            so -> {
              labelled++;
              right += so ? 1 : 0;
            });
  }

  /** Until now. */
  public synchronized FrameReport.Answers all() {
    return new FrameReport.Answers(byExit, labelled, right);
  }

  /** What came after a count until a later one. */
  static FrameReport.Answers between(FrameReport.Answers before, FrameReport.Answers after) {
    List<Long> grown = new ArrayList<>(after.byExit());
    for (int exit = 0; exit < before.byExit().size(); exit++) {
      grown.set(exit, grown.get(exit) - before.byExit().get(exit));
    }
    boolean left = grown.stream().anyMatch(count -> count > 0);
    return new FrameReport.Answers(
        left ? grown : List.of(),
        after.labelled() - before.labelled(),
        after.right() - before.right());
  }
}
