package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Zhou et al., "Adaptive parallel execution of deep neural networks on heterogeneous edge devices",
 * SEC 2019, and what its companion of HotEdge 2019 says of slow links.
 */
public final class AoflReproduction {
  private static final double SLOWDOWN = 4; // one core of four, as the paper uses its boards
  private static final double FAST_MBPS = 93.7;
  private static final double SLOW_MBPS = 25.1;
  private static final double SLOWEST_MBPS = 0.5;
  private static final String FUSED = "aofl{airtime=shared}";
  private static final String LAYER_WISE = "mednn{airtime=shared}";

  /** A network, and the least and most that the paper gains with two to eight boards. */
  private record Row(Zoo zoo, double least, double most) {}

  private static final List<Row> NETWORKS =
      List.of(
          new Row(Zoo.VGG16, 1.6, 3.7),
          new Row(Zoo.YOLOV2, 1.3, 1.9),
          new Row(Zoo.RESNET50, 1.7, 2.3));

  /** Prices everything; some seconds. */
  public Reproduction run() {
    List<Section> sections = new ArrayList<>();
    NETWORKS.forEach(network -> sections.add(section(network)));
    return new Reproduction(
        "Zhou et al.: AOFL, SEC 2019",
        "Raspberry Pi 3B with one core, two to eight of them over one radio of %.1f Mbit/s."
            .formatted(FAST_MBPS),
        sections);
  }

  private static Section section(Row row) {
    DnnGraph graph = row.zoo().graph();
    double two = new Cluster(graph, SLOWDOWN, 2, FAST_MBPS).speedup(FUSED);
    double eight = new Cluster(graph, SLOWDOWN, 8, FAST_MBPS).speedup(FUSED);
    List<String> notes = new ArrayList<>();
    for (int boards = 2; boards <= 8; boards += 2) {
      Cluster fast = new Cluster(graph, SLOWDOWN, boards, FAST_MBPS);
      Cluster slow = new Cluster(graph, SLOWDOWN, boards, SLOW_MBPS);
      Plan fused = fast.plan(FUSED);
      notes.add(
          String.format(
              Locale.ROOT,
              "%d boards: %.2f s in %d blocks; layer by layer %.2f s; at %.1f Mbit/s %+.0f %% and %+.0f %%",
              boards,
              fast.seconds(fused),
              Cluster.shared(fused),
              fast.seconds(fast.plan(LAYER_WISE)),
              SLOW_MBPS,
              longer(fast, slow, FUSED),
              longer(fast, slow, LAYER_WISE)));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "8 boards at %.1f Mbit/s: %.2f times faster; nobody splits below %.3f (HotEdge: at 0.5 Mbit/s whoever splits all is 10 to 20 times slower)",
            SLOWEST_MBPS,
            new Cluster(graph, SLOWDOWN, 8, SLOWEST_MBPS).speedup(FUSED),
            wholeBelow(graph)));
    return new Section(
        row.zoo().id() + ", times faster than one board",
        List.of(
            new Comparison("two boards (paper: least)", row.least(), two),
            new Comparison("eight boards (paper: most)", row.most(), eight)),
        notes);
  }

  /** The rate in Mbit/s below which the board had better be alone, to a hundredth. */
  private static double wholeBelow(DnnGraph graph) {
    return Cluster.wholeBelow(
        FAST_MBPS, mbps -> new Cluster(graph, SLOWDOWN, 8, mbps).plan(FUSED).isLocal());
  }

  private static double longer(Cluster fast, Cluster slow, String planner) {
    return 100 * (slow.seconds(slow.plan(planner)) / fast.seconds(fast.plan(planner)) - 1);
  }
}
