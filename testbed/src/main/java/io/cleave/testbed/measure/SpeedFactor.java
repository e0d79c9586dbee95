package io.cleave.testbed.measure;

import io.cleave.policies.graph.DnnGraph;
import java.util.Arrays;
import java.util.List;

/**
 * How much longer one form of a network takes than another on this machine: in turns, after runs to
 * warm up, the fastest tenth of each.
 */
public final class SpeedFactor {
  private static final int WARM_UP = 3;
  private static final double QUANTILE = 0.1;

  private SpeedFactor() {}

  /**
   * Seconds of one form over seconds of the other; below 1 if it is faster.
   *
   * @param one content of an ONNX file
   * @param other the same network in another form
   * @param graph that knows the sizes of the inputs
   * @param rounds timed runs of each, at least 1
   */
  public static double of(byte[] one, byte[] other, DnnGraph graph, int rounds) {
    try (SegmentRun first = SegmentRun.load(one, graph, 1);
        SegmentRun second = SegmentRun.load(other, graph, 1)) {
      List<SegmentRun> turns = List.of(first, second);
      double[][] seconds = new double[turns.size()][rounds];
      for (int round = -WARM_UP; round < rounds; round++) {
        for (int turn = 0; turn < turns.size(); turn++) {
          double took = turns.get(turn).seconds();
          if (round >= 0) {
            seconds[turn][round] = took;
          }
        }
      }
      return low(seconds[0]) / low(seconds[1]);
    }
  }

  private static double low(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[(int) (QUANTILE * (sorted.length - 1))];
  }
}
