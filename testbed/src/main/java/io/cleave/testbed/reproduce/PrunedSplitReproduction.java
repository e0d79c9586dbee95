package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.partition.PrunedSplit;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import io.cleave.testbed.pruning.SplitsFile;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Jankowski et al., SPAWC 2020, and Shi et al., "Improving device-edge cooperative inference of
 * deep learning via 2-step pruning", 2019: networks of ours, pruned everywhere and then before each
 * cut, on a weak board beside a desktop. Of the paper the abstract is known to us.
 */
public final class PrunedSplitReproduction {
  private static final double PAPER_TRAFFIC = 25.6; // abstract
  private static final double PAPER_WORK = 6.01; // abstract
  private static final double[] LOSSES = {0.005, 0.01, 0.02, 0.05};
  private static final double STATED_LOSS = 0.05;
  private static final double PERCENT = 100;
  private static final String WHOLE = "whole";

  private final Path models;

  /** One of our networks. */
  private record Ours(String name, String file, String narrow) {}

  private static final List<Ours> NETWORKS =
      List.of(
          new Ours("LeNet", "lenet-exits", "flatten2"),
          new Ours("AlexNet", "alexnet-exits", "flatten5"));

  /** A kind of link; CAT1 and 3G as DADS has them, and one that is weaker still. */
  private record Uplink(String name, double mbps) {}

  private static final List<Uplink> LINKS =
      List.of(new Uplink("weak", 0.03), new Uplink("CAT1", 0.13), new Uplink("3G", 1.1));

  /**
   * @param models folder of trained networks, and of what is left of them when they are pruned
   */
  public PrunedSplitReproduction(Path models) {
    this.models = models;
  }

  /** Prices everything; some seconds. */
  public Reproduction run() {
    return new Reproduction(
        "Shi et al.: 2-step pruning for device-edge cooperative inference, 2019; Jankowski et al.: joint device-edge inference over wireless links with pruning, SPAWC 2020",
        "A microcontroller and a desktop by their classes, images of 28 x 28 pixels; which network and data the paper's abstract speaks of is not known to us.",
        Stream.concat(
                NETWORKS.stream().map(this::section), NETWORKS.stream().map(this::channelCodes))
            .toList());
  }

  private Section channelCodes(Ours ours) {
    DnnGraph graph = TrainedNetwork.read(models.resolve(ours.file() + ".onnx")).graph();
    Tensor crossing =
        graph.tensors().stream()
            .filter(tensor -> tensor.name().equals(ours.narrow()))
            .findFirst()
            .orElseThrow();
    Path file = models.resolve("%s-channel-%s.csv".formatted(ours.file(), ours.narrow()));
    return ChannelCodes.section(ours.name(), file, crossing);
  }

  private Section section(Ours ours) {
    Path file = models.resolve(ours.file() + "-splits.csv");
    if (!Files.exists(file)) {
      return new Section(
          ours.name(), List.of(), List.of("not there: %s".formatted(file.getFileName())));
    }
    TrainedNetwork network = TrainedNetwork.read(models.resolve(ours.file() + ".onnx"));
    SplitsFile splits = SplitsFile.read(file, network);
    DnnGraph whole = splits.whole();
    List<PrunedSplit.Variant> variants = new ArrayList<>(PrunedSplit.cuts(WHOLE, whole, 0));
    variants.addAll(splits.variants());
    List<String> notes = new ArrayList<>();
    for (Uplink link : LINKS) {
      for (double loss : LOSSES) {
        notes.add(note(new PrunedSplit(variants), splits, link, loss));
      }
    }
    List<PrunedSplit.Variant> allowed =
        splits.variants().stream().filter(variant -> variant.loss() <= STATED_LOSS).toList();
    List<Comparison> rows =
        allowed.isEmpty()
            ? List.of()
            : List.of(
                new Comparison(
                    "less crosses than unpruned at the same cut, times",
                    PAPER_TRAFFIC,
                    largest(allowed, variant -> bytes(whole, cut(variant)) / bytes(variant))),
                new Comparison(
                    "less work than unpruned, times",
                    PAPER_WORK,
                    largest(
                        allowed,
                        variant ->
                            (double) whole.multiplyAccumulates()
                                / variant.graph().multiplyAccumulates())));
    return new Section(
        String.format(
            Locale.ROOT,
            "%s, %.2f %% right unpruned; rows: of what loses %.0f points or less",
            ours.name(),
            PERCENT * splits.rightOfWhole(),
            PERCENT * STATED_LOSS),
        rows,
        notes);
  }

  private static String cut(PrunedSplit.Variant variant) {
    return variant.graph().tensor(variant.cut()).name();
  }

  private static double bytes(PrunedSplit.Variant variant) {
    return variant.graph().tensor(variant.cut()).size().bytes();
  }

  private static double bytes(DnnGraph whole, String cut) {
    return whole.tensors().stream()
        .filter(tensor -> tensor.name().equals(cut))
        .mapToDouble(tensor -> tensor.size().bytes())
        .findFirst()
        .orElseThrow();
  }

  private static double largest(
      List<PrunedSplit.Variant> variants, ToDoubleFunction<PrunedSplit.Variant> of) {
    return variants.stream().mapToDouble(of).max().orElseThrow();
  }

  private static String note(PrunedSplit split, SplitsFile splits, Uplink link, double loss) {
    PrunedSplit.Choice best = split.best(graph -> observation(graph, link), loss);
    PrunedSplit.Choice whole =
        new PrunedSplit(PrunedSplit.cuts(WHOLE, splits.whole(), 0))
            .best(graph -> observation(graph, link), loss);
    return String.format(
        Locale.ROOT,
        "%-4s up to %.1f points: %s cut at %s, %.0f bytes, %.1f ms, %.2f points lost on test images; unpruned %.1f ms at %s",
        link.name(),
        PERCENT * loss,
        best.variant().name(),
        cut(best.variant()),
        bytes(best.variant()),
        1e3 * best.seconds(),
        PERCENT * splits.testLoss(best.variant().name()),
        1e3 * whole.seconds(),
        cut(whole.variant()));
  }

  private static Observation observation(DnnGraph graph, Uplink link) {
    DeviceClass device = DeviceClass.MICROCONTROLLER;
    Bandwidth up = Bandwidth.mbps(link.mbps());
    return new Observation(
        graph,
        new NodeState("device", device.profile().times(graph), 0),
        device.energy(),
        List.of(
            new ServerState(
                new NodeState("edge", DeviceClass.DESKTOP.profile().times(graph), 0),
                new LinkState(up, up, 0, RateError.NONE))),
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }
}
