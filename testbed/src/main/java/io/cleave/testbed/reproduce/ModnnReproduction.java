package io.cleave.testbed.reproduce;

import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Mao et al., MoDNN (DATE 2017) and the greedy partition of MeDNN (ICCAD 2017): VGG16 on two to
 * four equal nodes, and MeDNN's structured pruning. Network and nodes are from memory; of the
 * papers only the abstracts were read.
 */
public final class ModnnReproduction {
  private static final double ALONE_SECONDS = 16; // VGG16 on a Nexus 5, as a third paper says
  private static final double[] RATES_MBPS = {25.1, 62.7, 93.7, 300};

  private final Path models;

  /**
   * @param models folder of trained networks, and of what is left of them when they are pruned
   */
  public ModnnReproduction(Path models) {
    this.models = models;
  }

  /** Prices everything; some seconds. */
  public Reproduction run() {
    double slowdown = ALONE_SECONDS / new Cluster(Zoo.VGG16.graph(), 1, 2, 1).alone();
    List<Section> sections = new ArrayList<>();
    for (double mbps : RATES_MBPS) {
      List<String> notes = new ArrayList<>();
      for (int nodes = 2; nodes <= 4; nodes++) {
        Cluster cluster = new Cluster(Zoo.VGG16.graph(), slowdown, nodes, mbps);
        notes.add(
            String.format(
                Locale.ROOT,
                "%d nodes: %.1f MB cross with MoDNN, %.1f with MeDNN",
                nodes,
                cluster.megabytes(cluster.plan("modnn{airtime=shared}")),
                cluster.megabytes(cluster.plan("mednn{airtime=shared}"))));
      }
      sections.add(
          new Section(
              String.format(Locale.ROOT, "%.1f Mbit/s, times faster than one node", mbps),
              List.of(
                  row("MoDNN, 2 nodes (paper: least)", 2.17, slowdown, 2, mbps, "modnn"),
                  row("MoDNN, 4 nodes (paper: most)", 4.28, slowdown, 4, mbps, "modnn"),
                  row("MeDNN, 2 nodes (paper: least)", 1.86, slowdown, 2, mbps, "mednn"),
                  row("MeDNN, 4 nodes (paper: most)", 2.44, slowdown, 4, mbps, "mednn")),
              notes));
    }
    sections.add(new MednnPruning(models).section());
    return new Reproduction(
        "Mao et al.: MoDNN, DATE 2017, and MeDNN, ICCAD 2017",
        "VGG16, %.0f s on one node, one radio; the papers' rate is not known to us."
            .formatted(ALONE_SECONDS),
        sections);
  }

  private static Comparison row(
      String what, double paper, double slowdown, int nodes, double mbps, String planner) {
    Cluster cluster = new Cluster(Zoo.VGG16.graph(), slowdown, nodes, mbps);
    return new Comparison(what, paper, cluster.speedup(planner + "{airtime=shared}"));
  }
}
