package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Zhang et al., IMWUT 2020: how much faster the cut is found when it is sought between adjacent cut
 * vertices only.
 */
public final class QdmpReproduction {
  private static final double PAPER_SPEEDUP = 66.3;
  private static final double PAPER_MILLIS = 300;
  private static final double[] RATES_MBPS = {0.03, 0.1, 0.3, 1, 3, 10};
  private static final int ROUNDS = 400;

  private final LongSupplier nanos;

  /**
   * Measures with a given clock.
   *
   * @param nanos a clock in nanoseconds
   */
  public QdmpReproduction(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Measures; about ten seconds. */
  public Reproduction run() {
    DadsSetup setup = DadsSetup.fitted(Zoo.RESNET18.graph());
    List<String> notes = new ArrayList<>();
    double most = 0;
    double slowest = 0;
    for (Zoo zoo : List.of(Zoo.GOOGLENET, Zoo.RESNET50, Zoo.INCEPTIONV4)) {
      DnnGraph network = zoo.graph();
      List<Observation> seen =
          Arrays.stream(RATES_MBPS)
              .mapToObj(rate -> setup.observation(network, rate, 0.1))
              .toList();
      for (int i = 0; i < seen.size(); i++) {
        double[] micros = medians(new BlockMinCut(), new MinCut(), seen.get(i));
        most = Math.max(most, micros[1] / micros[0]);
        slowest = Math.max(slowest, micros[0]);
        notes.add(
            String.format(
                Locale.ROOT,
                "%-12s %4d layers, %5.2f Mbit/s: %8.1f us block by block, %8.1f us as one cut, ratio %.1f",
                zoo.id(),
                network.size(),
                RATES_MBPS[i],
                micros[0],
                micros[1],
                micros[1] / micros[0]));
      }
    }
    return new Reproduction(
        "Zhang et al.: QDMP, IMWUT 2020, doi 10.1145/3397315",
        "Response times on this machine, medians, both planners interleaved.",
        List.of(
            new Section(
                "Response",
                List.of(
                    new Comparison(
                        "speed-up against one cut of the whole, up to", PAPER_SPEEDUP, most),
                    new Comparison(
                        "slowest response in ms (paper: below)", PAPER_MILLIS, slowest / 1e3)),
                notes)));
  }

  /** Microseconds a decision of the two planners, interleaved so that noise hits both. */
  private double[] medians(Planner first, Planner second, Observation seen) {
    double[][] micros = new double[2][ROUNDS];
    for (int round = -ROUNDS / 2; round < ROUNDS; round++) { // negative rounds warm up
      double a = time(first, seen);
      double b = time(second, seen);
      if (round >= 0) {
        micros[0][round] = a;
        micros[1][round] = b;
      }
    }
    Arrays.sort(micros[0]);
    Arrays.sort(micros[1]);
    return new double[] {micros[0][ROUNDS / 2], micros[1][ROUNDS / 2]};
  }

  private double time(Planner planner, Observation observation) {
    long start = nanos.getAsLong();
    if (planner.plan(observation).entries().isEmpty()) {
      throw new IllegalStateException("A planner answered nothing.");
    }
    return (nanos.getAsLong() - start) / 1e3;
  }
}
