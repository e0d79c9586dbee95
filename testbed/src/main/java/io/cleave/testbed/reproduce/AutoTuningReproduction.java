package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.partition.EightBitSplit;
import io.cleave.policies.partition.Objective;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import io.cleave.testbed.UserError;
import io.cleave.testbed.codecs.EightBitTable;
import io.cleave.testbed.experiment.CutView;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Li et al., "Auto-tuning neural network quantization framework for collaborative inference", ICANN
 * 2018: the device's part in eight bits, four networks over three kinds of link. The abstract that
 * we know has no figures, so ours stand alone.
 */
public final class AutoTuningReproduction {
  private static final List<Zoo> NETWORKS =
      List.of(Zoo.ALEXNET, Zoo.VGG16, Zoo.RESNET18, Zoo.GOOGLENET);
  private static final double MEGA = 1e6;

  private final Path tables;

  /** A kind of link; means as JointDNN and DADS have them. */
  private record Uplink(String name, double mbps, double roundTripSeconds) {}

  private static final List<Uplink> LINKS =
      List.of(
          new Uplink("3G", 1.1, 0.1),
          new Uplink("4G", 5.85, 0.05),
          new Uplink("WiFi", 18.88, 0.01));

  /**
   * @param tables folder of what {@code ./cleave model quantised zoo:NAME} wrote
   */
  public AutoTuningReproduction(Path tables) {
    this.tables = tables;
  }

  /** Prices everything; some seconds. */
  public Reproduction run() {
    return new Reproduction(
        "Li et al.: auto-tuning quantization for collaborative inference, ICANN 2018",
        "A Raspberry Pi 3B and a cloud GPU by their classes; eight bits as fast beside floats as on the machine of the tables. The paper's figures are not known to us.",
        NETWORKS.stream().map(this::section).toList());
  }

  private Section section(Zoo network) {
    Path table = tables.resolve(network.id() + "-int8.csv");
    if (!Files.exists(table)) {
      throw new UserError(
          "There is no %s. Make it: ./cleave model quantised zoo:%s --out %s"
              .formatted(table, network.id(), tables));
    }
    DnnGraph graph = EightBitTable.noted(network.graph(), table);
    List<String> notes = new ArrayList<>();
    for (Uplink link : LINKS) {
      notes.addAll(notes(observation(graph, link), link));
    }
    return new Section(
        String.format(
            Locale.ROOT,
            "%s, %.1f MB of weights in floats",
            network.id(),
            4 * graph.parameters() / MEGA),
        List.of(),
        notes);
  }

  private static List<String> notes(Observation seen, Uplink link) {
    List<EightBitSplit.Choice> choices = EightBitSplit.choices(seen);
    EightBitSplit.Choice local = choices.get(0);
    EightBitSplit.Choice remote = choices.get(1);
    EightBitSplit.Choice allEight = choices.get(choices.size() - 1);
    EightBitSplit.Choice best =
        choices.stream()
            .min(Comparator.comparingDouble(EightBitSplit.Choice::seconds))
            .orElseThrow();
    Plan split = new ChainSplit(Objective.LATENCY).plan(seen).at(seen.server(1).link().up()).plan();
    double splitSeconds = DadsSetup.outcome(split, seen).seconds();
    double linkOnly =
        choices.stream().mapToDouble(choice -> inFloats(choice.plan(), seen)).min().orElseThrow();
    double tenth = 4 * seen.graph().parameters() / 10.0;
    EightBitSplit.Choice small =
        choices.stream()
            .filter(choice -> !choice.plan().isLocal() && choice.storageBytes() <= tenth)
            .min(Comparator.comparingDouble(EightBitSplit.Choice::seconds))
            .orElseThrow();
    return List.of(
        String.format(
            Locale.ROOT,
            "%-5s eight bits %6.0f ms (%s, %.2f MB stored); over the link only %6.0f; in floats split %6.0f (%s), local %6.0f, remote %6.0f; local in eight bits %6.0f",
            link.name(),
            1e3 * best.seconds(),
            cut(seen, best.plan()),
            best.storageBytes() / MEGA,
            1e3 * linkOnly,
            1e3 * splitSeconds,
            cut(seen, split),
            1e3 * local.seconds(),
            1e3 * remote.seconds(),
            1e3 * allEight.seconds()),
        String.format(
            Locale.ROOT,
            "      %.2f times faster than the split in floats, %.2f than with eight bits over the link only; with a tenth of the weights' bytes at most: %.0f ms (%s, %.2f MB); %d of %d ways are not dominated",
            splitSeconds / best.seconds(),
            linkOnly / best.seconds(),
            1e3 * small.seconds(),
            cut(seen, small.plan()),
            small.storageBytes() / MEGA,
            EightBitSplit.nonDominated(choices).size(),
            choices.size()));
  }

  /** The same way, computed in floats; tensors still cross in eight bits. */
  private static double inFloats(Plan plan, Observation seen) {
    List<Stage> stages =
        plan.stages().stream().map(stage -> new Stage(stage.node(), stage.layers())).toList();
    return DadsSetup.outcome(plan.with(stages), seen).seconds();
  }

  private static String cut(Observation seen, Plan plan) {
    return CutView.of(seen.graph(), plan, List.of("cloud")).label();
  }

  private static Observation observation(DnnGraph graph, Uplink link) {
    DeviceClass device = DeviceClass.RASPBERRY_PI_3B;
    Bandwidth up = Bandwidth.mbps(link.mbps());
    return new Observation(
        graph,
        new NodeState("device", device.profile().times(graph), 0),
        device.energy(),
        List.of(
            new ServerState(
                new NodeState("cloud", DeviceClass.CLOUD_GPU.profile().times(graph), 0),
                new LinkState(up, up, link.roundTripSeconds(), RateError.NONE))),
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }
}
