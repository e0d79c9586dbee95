package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.SubGraph;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.pruning.LayersFile;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What MeDNN's structured pruning saves: our trained networks, whole and pruned, on the same nodes
 * and planned by the same planner. The paper's network is not known to us.
 */
final class MednnPruning {
  private static final String PLANNER = "mednn{airtime=shared}";
  private static final int NODES = 4;
  private static final double MBPS = 93.7;
  private static final double ALONE_SECONDS = 1; // the whole network on one node
  private static final double PAPER_WORK = 26.5; // abstract
  private static final double PAPER_TRAFFIC = 14.2; // abstract
  private static final double PERCENT = 100;

  private final Path models;

  /** One of our networks. */
  private record Ours(String name, String file) {}

  private static final List<Ours> NETWORKS =
      List.of(
          new Ours("LeNet", "lenet-exits"),
          new Ours("AlexNet", "alexnet-exits"),
          new Ours("ResNet-20", "resnet20-exits"));

  /**
   * What a frame is on the cluster.
   *
   * @param work multiply-accumulates as far as the last exit
   */
  private record Priced(double work, double megabytes, double seconds) {
    static Priced of(DnnGraph trunk, double slowdown) {
      Cluster cluster = new Cluster(trunk, slowdown, NODES, MBPS);
      return new Priced(
          trunk.multiplyAccumulates(),
          cluster.megabytes(cluster.plan(PLANNER)),
          cluster.seconds(cluster.plan(PLANNER)));
    }
  }

  /**
   * @param models folder of trained networks, and of what is left of them when they are pruned
   */
  MednnPruning(Path models) {
    this.models = models;
  }

  Section section() {
    List<Comparison> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Ours ours : NETWORKS) {
      Path layers = models.resolve(ours.file() + "-pruned.layers.csv");
      if (Files.exists(layers)) {
        add(ours, layers, rows, notes);
      } else {
        notes.add(
            "%s: not there: %s. Make it: ./cleave train pruned --network %s.onnx"
                .formatted(ours.name(), layers.getFileName(), models.resolve(ours.file())));
      }
    }
    return new Section(
        String.format(
            Locale.ROOT,
            "MeDNN's pruning saves, %%; %d nodes that take %.0f s for a whole network alone, %.1f Mbit/s",
            NODES,
            ALONE_SECONDS,
            MBPS),
        rows,
        notes);
  }

  private void add(Ours ours, Path layers, List<Comparison> rows, List<String> notes) {
    TrainedNetwork network = TrainedNetwork.read(models.resolve(ours.file() + ".onnx"));
    DnnGraph trunk = trunk(network.graph());
    double slowdown = ALONE_SECONDS / new Cluster(trunk, 1, 2, 1).alone();
    Priced whole = Priced.of(trunk, slowdown);
    List<Priced> pruned =
        LayersFile.graphs(layers, network).stream()
            .map(graph -> Priced.of(trunk(graph), slowdown))
            .toList();
    rows.add(row(ours.name() + ", work", PAPER_WORK, whole, pruned, Priced::work));
    rows.add(row(ours.name() + ", what crosses", PAPER_TRAFFIC, whole, pruned, Priced::megabytes));
    notes.add(
        String.format(
            Locale.ROOT,
            "%s, mean of %d seeds: %.3f MB cross, whole %.3f; %.0f ms a frame, whole %.0f",
            ours.name(),
            pruned.size(),
            mean(pruned, Priced::megabytes),
            whole.megabytes(),
            1e3 * mean(pruned, Priced::seconds),
            1e3 * whole.seconds()));
  }

  private static Comparison row(
      String what, double paper, Priced whole, List<Priced> pruned, ToDoubleFunction<Priced> of) {
    return new Comparison(what, paper, PERCENT * (1 - mean(pruned, of) / of.applyAsDouble(whole)));
  }

  private static double mean(List<Priced> pruned, ToDoubleFunction<Priced> of) {
    return pruned.stream().mapToDouble(of).average().orElseThrow();
  }

  /** As far as the last exit. */
  private static DnnGraph trunk(DnnGraph graph) {
    return SubGraph.leadingTo(graph, graph.outputs().get(graph.outputs().size() - 1)).graph();
  }
}
