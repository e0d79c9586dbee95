package io.cleave.agents.probe;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.RunReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What runs of layers took on this machine: told once to the controller, and beside the class's
 * times they say how much slower the machine is. Thread-safe.
 *
 * <p>A run that is paced takes what the class takes; the machine is then as slow as its class, and
 * the slowdown stays 1.
 */
public final class MeasuredRuns {
  /** Runs that one report tells of, at most; the newest. */
  public static final int MOST_IN_A_REPORT = 32;

  private static final int REMEMBERED = 15;

  private final boolean paced;
  private final ArrayDeque<RunReport> untold = new ArrayDeque<>();
  private final ArrayDeque<Double> ratios = new ArrayDeque<>();
  private long measured;

  /**
   * @param paced true if runs are held until the class would be through
   */
  public MeasuredRuns(boolean paced) {
    this.paced = paced;
  }

  /**
   * Takes a run that went through.
   *
   * @param graph name of the network
   * @param seconds that it took
   * @param classSeconds that the machine's class takes for it; 0 says nothing
   */
  public synchronized void add(String graph, LayerSet layers, double seconds, double classSeconds) {
    if (!(seconds > 0) || !(classSeconds > 0)) {
      return;
    }
    measured++;
    untold.add(new RunReport(graph, layers, seconds));
    if (untold.size() > MOST_IN_A_REPORT) {
      untold.remove();
    }
    ratios.add(seconds / classSeconds);
    if (ratios.size() > REMEMBERED) {
      ratios.remove();
    }
  }

  /**
   * Takes a run in steps. One that made a piece is told as what all of its layers would have taken
   * at the same speed: the machine is as much slower than its class for a piece as for the whole.
   *
   * @param seconds of each step that ran
   * @param times of the machine's class
   */
  public synchronized void add(
      DnnGraph graph, List<Step> steps, List<Double> seconds, LayerTimes times) {
    for (int i = 0; i < seconds.size(); i++) {
      Step step = steps.get(i);
      double whole = times.run(step.layers());
      double made = step.seconds(graph, times);
      add(graph.name(), step.layers(), seconds.get(i) * (whole / made), whole);
    }
  }

  /** The runs since the last call. */
  public synchronized List<RunReport> drain() {
    List<RunReport> runs = new ArrayList<>(untold);
    untold.clear();
    return runs;
  }

  /** By which the machine is slower (above 1) than its class: the median of the last few runs. */
  public synchronized double slowdown() {
    if (paced || ratios.isEmpty()) {
      return 1;
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Runs that were measured. */
  public synchronized long measured() {
    return measured;
  }
}
