package io.cleave.testbed.measure;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.policies.profile.MeasuredProfile.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times segments of a network with ONNX Runtime: warm, in turns, keeping a low quantile. In turns,
 * since a machine's speed drifts and whoever runs last would be blamed for it; a low quantile,
 * since what disturbs only ever adds.
 *
 * @param rounds timed runs of each segment
 * @param threads that the engine may use
 * @param samples suffixes and middles to measure beside all prefixes
 */
public record Measurement(int rounds, int threads, int samples) {
  private static final int WARM_UP = 2;
  private static final double QUANTILE = 0.1;

  /** Segments are loaded in groups, so that a large network does not fill the memory many times. */
  private static final long GROUP_BYTES = 1L << 30;

  /** Told before the first and after each run; the total does not change. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * @param done runs, warm-up included
     * @param total runs
     */
    void ran(long done, long total);
  }

  public Measurement {
    if (rounds < 1 || threads < 1 || samples < 0) {
      throw new IllegalArgumentException(
          "At least 1 round and 1 thread are needed, not %d and %d.".formatted(rounds, threads));
    }
  }

  /** Measures a network on this machine. */
  public MeasuredProfile measure(OnnxSlicer slicer, Watcher watcher) {
    DnnGraph graph = slicer.graph();
    List<int[]> runs = MeasuredProfile.worthMeasuring(graph, samples);
    long total = (long) runs.size() * (rounds + WARM_UP);
    List<Segment> segments = new ArrayList<>();
    long done = 0;
    watcher.ran(done, total);
    int next = 0;
    while (next < runs.size()) {
      List<int[]> group = new ArrayList<>();
      List<SegmentRun> loaded = new ArrayList<>();
      long bytes = 0;
      try {
        while (next < runs.size() && (loaded.isEmpty() || bytes < GROUP_BYTES)) {
          int[] run = runs.get(next++);
          byte[] part = slicer.bytes(LayerSet.range(run[0] == 1 ? 0 : run[0], run[1] + 1));
          bytes += part.length;
          group.add(run);
          loaded.add(SegmentRun.load(part, graph, threads));
        }
        double[][] times = inTurns(loaded, new Turn(watcher, done, total));
        done += (long) loaded.size() * (rounds + WARM_UP);
        for (int i = 0; i < group.size(); i++) {
          segments.add(new Segment(group.get(i)[0], group.get(i)[1], low(times[i])));
        }
      } finally {
        SegmentRun.closeAll(loaded);
      }
    }
    return MeasuredProfile.of(graph, segments);
  }

  private record Turn(Watcher watcher, long before, long total) {}

  private double[][] inTurns(List<SegmentRun> loaded, Turn turn) {
    double[][] times = new double[loaded.size()][rounds];
    long done = turn.before();
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < loaded.size(); i++) {
        double seconds = loaded.get(i).seconds();
        if (round >= 0) {
          times[i][round] = seconds;
        }
        turn.watcher().ran(++done, turn.total());
      }
    }
    return times;
  }

  private static double low(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[(int) (QUANTILE * (sorted.length - 1))];
  }
}
