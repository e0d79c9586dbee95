package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.tiling.ShardTraffic;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Stahl et al., "Fully distributed deep learning inference on resource-constrained edge devices",
 * SAMOS 2019: the weights of YOLOv2 divided among one to seven machines.
 */
public final class FullyDistributedReproduction {
  private static final DnnGraph NETWORK = Zoo.YOLOV2.graph();
  private static final double ALONE_SECONDS = 13.1; // one device, as the paper says
  private static final int TILED = 16; // convolutions and pools that DeepThings fuses
  private static final String PLANNER = "fully-distributed{airtime=shared}";
  private static final double FASTEST_MBPS = 1000;

  private final double slowdown = ALONE_SECONDS / new Cluster(NETWORK, 1, 2, FASTEST_MBPS).alone();

  /** Prices everything; some seconds. */
  public Reproduction run() {
    return new Reproduction(
        "Stahl et al.: fully distributed inference, SAMOS 2019",
        "YOLOv2 at 608 x 608, containers on one desktop: %.1f s alone (taken from the paper), one radio (ours)."
            .formatted(ALONE_SECONDS),
        List.of(traffic(), memory(), times()));
  }

  private static Section traffic() {
    int first = 1;
    for (int met = 0; met < TILED; first++) {
      LayerKind kind = NETWORK.layer(first).kind();
      met += kind == LayerKind.CONVOLUTION || kind == LayerKind.POOL ? 1 : 0;
    }
    ShardTraffic late = ShardTraffic.of(NETWORK, first, 6);
    ShardTraffic all = ShardTraffic.of(NETWORK, 1, 6);
    double saved = 100 * (1 - late.best() / late.byOutput());
    return new Section(
        "What crosses with six machines, behind the sixteenth layer",
        List.of(
            new Comparison("MB, each layer by output", 78.1, megabytes(late.byOutput())),
            new Comparison("MB, best pairs", 68.1, megabytes(late.best())),
            new Comparison("saved, %", 14.8, saved)),
        List.of(
            "%d pairs are divided together".formatted(late.pairs()),
            String.format(
                Locale.ROOT,
                "all layers: %.0f MB by output, %.0f with the best pairs",
                megabytes(all.byOutput()),
                megabytes(all.best()))));
  }

  private static double megabytes(double values) {
    return values * Float.BYTES / 1e6;
  }

  private static Section memory() {
    double[] published = {204, 68, 41, 29};
    List<Comparison> rows = new ArrayList<>();
    for (int i = 0; i < published.length; i++) {
      int machines = 2 * i + 1;
      double weights = megabytes((double) NETWORK.parameters() / machines);
      rows.add(new Comparison("MB, %d machines".formatted(machines), published[i], weights));
    }
    return new Section("Weights that each machine holds", rows, List.of());
  }

  private Section times() {
    List<Comparison> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double[] byMachines = {8.26, 9.35, 11.0};
    for (int i = 0; i < byMachines.length; i++) {
      int machines = 3 + 2 * i;
      rows.add(
          new Comparison(
              "100 Mbit/s, %d machines".formatted(machines),
              byMachines[i],
              seconds(machines, 100)));
    }
    rows.add(new Comparison("10 Mbit/s, 6 machines", 64.2, seconds(6, 10)));
    rows.add(new Comparison("1 Gbit/s, 6 machines", 5.59, seconds(6, FASTEST_MBPS)));
    for (double mbps : new double[] {100, 300, FASTEST_MBPS}) {
      Cluster six = new Cluster(NETWORK, slowdown, 6, mbps);
      Plan plan = six.plan(PLANNER);
      notes.add(
          String.format(
              Locale.ROOT,
              "%.0f Mbit/s: %d stages shared, %.1f MB; DeepThings %.2f s, AOFL %.2f, joint %.2f",
              mbps,
              Cluster.shared(plan),
              six.megabytes(plan),
              six.seconds(six.plan("deepthings{airtime=shared}")),
              six.seconds(six.plan("aofl{airtime=shared}")),
              six.seconds(six.plan("joint-tiles{airtime=shared}"))));
    }
    notes.add(
        String.format(
            Locale.ROOT, "nobody divides below %.2f Mbit/s with six machines", wholeBelow()));
    return new Section("Seconds, by the cost model", rows, notes);
  }

  private double seconds(int machines, double mbps) {
    Cluster cluster = new Cluster(NETWORK, slowdown, machines, mbps);
    return cluster.seconds(cluster.plan(PLANNER));
  }

  /** The rate in Mbit/s below which the first machine had better be alone, to a hundredth. */
  private double wholeBelow() {
    return Cluster.wholeBelow(
        FASTEST_MBPS, mbps -> new Cluster(NETWORK, slowdown, 6, mbps).plan(PLANNER).isLocal());
  }
}
