package io.cleave.policies.control;

import io.cleave.policies.wire.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Corrects one machine's layer times by what real runs took: the median of the last {@value
 * #WINDOW} ratios of measured over predicted time, within [1/4, 4].
 *
 * <p>A median follows slowly and is not moved by outliers; ordered by the reports' stamps, it does
 * not depend on the order in which reports arrive. A factor at a bound means that the profile is of
 * another machine.
 */
public final class Calibration {
  static final int WINDOW = 33;
  static final int FEWEST = 5;
  static final double BOUND = 4;

  private record Ratio(Stamp stamp, double value) {}

  private final List<Ratio> ratios = new ArrayList<>(); // ascending stamps
  private double factor = 1;

  /**
   * Takes one measured run.
   *
   * @param stamp of the report that tells of it
   * @param measuredSeconds of the run
   * @param predictedSeconds of the same run by the machine's profile at its reported load; 0, which
   *     nothing can be compared with, is ignored
   */
  public void add(Stamp stamp, double measuredSeconds, double predictedSeconds) {
    double ratio = measuredSeconds / predictedSeconds;
    if (!(ratio > 0) || Double.isInfinite(ratio)) {
      return;
    }
    int place = ratios.size();
    while (place > 0 && ratios.get(place - 1).stamp().compareTo(stamp) > 0) {
      place--;
    }
    ratios.add(place, new Ratio(stamp, ratio));
    if (ratios.size() > WINDOW) {
      ratios.remove(0);
    }
    factor = ratios.size() < FEWEST ? 1 : Math.max(1 / BOUND, Math.min(BOUND, median()));
  }

  /** By which the profile's times are to be multiplied; 1 until enough runs were measured. */
  public double factor() {
    return factor;
  }

  private double median() {
    double[] sorted = ratios.stream().mapToDouble(Ratio::value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
