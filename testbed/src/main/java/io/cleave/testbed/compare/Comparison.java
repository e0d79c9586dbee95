package io.cleave.testbed.compare;

import io.cleave.policies.plan.Stage;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.world.FrameRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One cell in the real and the simulated world.
 *
 * @param cell network, trace, planner and seed
 * @param pairs of its frames, by number, at least one
 * @param corrections by which the machines were calibrated
 */
public record Comparison(Cell cell, List<FramePair> pairs, Corrections corrections) {
  public Comparison {
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("There is no frame to compare.");
    }
  }

  /** Frames that ran under the same plan in both worlds, in per cent. */
  double samePlanPercent() {
    return 100.0 * pairs.stream().filter(FramePair::samePlan).count() / pairs.size();
  }

  /**
   * Frames that left where the whole network's recorded answers say, in per cent; no number if that
   * is not known of all.
   */
  double sameAnswerPercent() {
    return !labelled()
        ? Double.NaN
        : 100.0 * pairs.stream().filter(FramePair::sameAnswer).count() / pairs.size();
  }

  /** True if it is known where every frame left and whether its answer was right. */
  boolean labelled() {
    return pairs.stream().allMatch(pair -> pair.measured().answered().isPresent());
  }

  /**
   * How far the shares of the cuts are apart, in per cent of the frames: 0 if each cut was used as
   * often, 100 if no cut was used in both worlds (total variation).
   */
  double cutDistancePercent() {
    Map<List<Stage>, Integer> surplus = new HashMap<>(); // summed up, in any order
    for (FramePair pair : pairs) {
      surplus.merge(pair.measured().plan().stages(), 1, Integer::sum);
      surplus.merge(pair.calibrated().plan().stages(), -1, Integer::sum);
    }
    int moved = surplus.values().stream().mapToInt(Math::abs).sum() / 2;
    return 100.0 * moved / pairs.size();
  }

  /** How far arrivals are apart at most, in milliseconds. */
  double arrivalOffsetMillis() {
    return pairs.stream()
        .mapToDouble(pair -> pair.measured().arrivalSeconds() - pair.calibrated().arrivalSeconds())
        .map(apart -> 1e3 * Math.abs(apart))
        .max()
        .orElseThrow();
  }

  Sample errorsPercent(Prediction prediction) {
    return prediction.errorsPercent(pairs);
  }

  double measured(Quantity quantity) {
    return quantity.of(all(FramePair::measured));
  }

  double simulated(Quantity quantity) {
    return quantity.of(all(FramePair::calibrated));
  }

  /** Absolute error in per cent of what was measured; 0 if both are 0. */
  double errorPercent(Quantity quantity) {
    double measured = measured(quantity);
    double apart = Math.abs(simulated(quantity) - measured);
    return apart == 0 ? 0 : 100 * apart / Math.abs(measured);
  }

  private List<FrameRecord> all(Function<FramePair, FrameRecord> side) {
    return pairs.stream().map(side).toList();
  }
}
