package io.cleave.policies.wire;

import java.util.List;

/**
 * What became of a device's frames. Counts are since the session's birth, so that a report that got
 * lost loses nothing.
 *
 * @param counts of all frames
 * @param answers what the answered frames were told, as far as that is counted
 * @param recent answered since the last report, oldest first; the newest few if there were many
 */
public record FrameReport(Counts counts, Answers answers, List<Answered> recent) {
  public static final FrameReport NONE = new FrameReport(new Counts(0, 0, 0, 0, 0), List.of());

  public FrameReport {
    recent = List.copyOf(recent);
  }

  /** Of a network without exits, whose frames show nobody knows what. */
  public FrameReport(Counts counts, List<Answered> recent) {
    this(counts, Answers.NONE, recent);
  }

  /**
   * What answered frames were told.
   *
   * @param byExit frames that left at each of the network's exits, the first first; empty if none
   *     left at an exit
   * @param labelled frames of which it is known what they show
   * @param right of those, the ones that were told so
   */
  public record Answers(List<Long> byExit, long labelled, long right) {
    public static final Answers NONE = new Answers(List.of(), 0, 0);

    public Answers {
      byExit = List.copyOf(byExit);
      if (right < 0 || right > labelled || byExit.stream().anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "Counts of answers must be at least 0 and no more right than labelled, not %d of %d, %s by exit."
                .formatted(right, labelled, byExit));
      }
    }
  }

  /**
   * @param submitted frames that came in
   * @param completed frames that were answered; the others are under way
   * @param late answered after their deadline
   * @param offloaded answered under a plan that used a server
   * @param rescued offloaded frames that the device answered itself, by hedge or since a stage
   *     failed
   */
  public record Counts(long submitted, long completed, long late, long offloaded, long rescued) {
    public Counts {
      if (completed < 0 || completed > submitted || late < 0 || offloaded < 0 || rescued < 0) {
        throw new IllegalArgumentException(
            "Frame counts must be at least 0 and no more completed than submitted, not %d of %d."
                .formatted(completed, submitted));
      }
    }
  }

  /**
   * @param latencySeconds from the frame's arrival to its answer, at least 0
   * @param predictedSeconds by the plan that it ran under, queue included
   * @param planVersion of the decision in force; 0 for the safe plan
   */
  public record Answered(double latencySeconds, double predictedSeconds, long planVersion) {
    public Answered {
      if (!(latencySeconds >= 0) || !(predictedSeconds >= 0)) {
        throw new IllegalArgumentException(
            "Latencies must be at least 0 s, not %s and %s."
                .formatted(latencySeconds, predictedSeconds));
      }
    }
  }
}
