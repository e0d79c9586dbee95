package io.cleave.testbed.experiment;

/**
 * What came of one cell: one model over one trace under one planner with one seed.
 *
 * @param frames that were answered
 * @param latency of the frames
 * @param cost per frame
 * @param answers how good they were
 * @param switches how often a frame ran under another cut than the frame before it
 * @param kept how far what was demanded was kept
 */
public record CellFigures(
    long frames, Spread latency, Cost cost, Answers answers, long switches, Kept kept) {
  /** Milliseconds from arrival to answer; percentiles are exact (nearest rank). */
  public record Spread(double meanMs, double p50Ms, double p95Ms, double p99Ms) {}

  /**
   * Means over the frames.
   *
   * @param missed share of frames that were answered after the deadline, 0 to 1
   * @param joules taken from the device
   * @param hedgeJoules of these, spent on computing beside the awaited answer
   * @param uplinkBytes really sent
   * @param hedgeWon share of frames that the device's own continuation answered first
   */
  public record Cost(
      double missed, double joules, double hedgeJoules, double uplinkBytes, double hedgeWon) {}

  /**
   * Of a network with exits whose answers are known; NaN of any other.
   *
   * @param right share of frames whose answer was right, 0 to 1
   * @param rightInTime share of frames whose answer was right and met the deadline
   * @param exit that answered, the mean; 1 is the first
   */
  public record Answers(double right, double rightInTime, double exit) {
    static final Answers UNKNOWN = new Answers(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * What came of the demand's bounds.
   *
   * @param late share of frames that were answered after the latency bound, 0 to 1
   * @param foretoldLate share of frames whose plan promised no better
   * @param lostPoints right answers in a hundred that the network's last exit would have given to
   *     the same frames and that were not given; NaN if nobody knows
   * @param watts mean power of the device: its frames' joules, idling in between
   */
  public record Kept(double late, double foretoldLate, double lostPoints, double watts) {}
}
