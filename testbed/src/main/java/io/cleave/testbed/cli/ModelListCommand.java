package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.DeviceClass;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cleave model list}: the zoo, and how long each device class takes for it. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the networks of the zoo and the device classes.")
final class ModelListCommand implements Callable<Integer> {
  static final long MOST_CUTS = 1_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Columns zoo =
        new Columns("llrrrrr", "network", "input", "MACs", "params", "layers", "positions", "cuts");
    for (Zoo network : Zoo.values()) {
      DnnGraph graph = network.graph();
      zoo.row(
          "zoo:" + network.id(),
          graph.tensor(0).shape().toString(),
          Amounts.count(graph.multiplyAccumulates()),
          Amounts.count(graph.parameters()),
          String.valueOf(graph.size() - 1),
          String.valueOf(LegalCuts.positions(graph).size()),
          cuts(graph));
    }
    zoo.print(out);
    out.println();
    out.println(
        "Estimated milliseconds for a whole network, from effective rates (docs/profiles.md):");
    printDevices(out);
    return 0;
  }

  /** The number of cuts, running everything near included. */
  static String cuts(DnnGraph graph) {
    OptionalLong count = LegalCuts.count(graph, MOST_CUTS);
    return count.isPresent()
        ? String.format(Locale.ROOT, "%,d", count.getAsLong())
        : String.format(Locale.ROOT, "> %,d", MOST_CUTS);
  }

  private static void printDevices(PrintWriter out) {
    List<Zoo> shown = List.of(Zoo.ALEXNET, Zoo.VGG16, Zoo.RESNET50, Zoo.MOBILENETV2);
    List<String> header = new ArrayList<>(List.of("device class"));
    shown.forEach(zoo -> header.add(zoo.id()));
    Columns devices = new Columns("lrrrr", header.toArray(String[]::new));
    List<DnnGraph> graphs = shown.stream().map(Zoo::graph).toList();
    for (DeviceClass device : DeviceClass.values()) {
      List<String> row = new ArrayList<>(List.of(device.id()));
      for (DnnGraph graph : graphs) {
        LayerSet all = graph.all();
        double millis = device.profile().times(graph).run(all) * 1e3;
        row.add(String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis));
      }
      devices.row(row.toArray(String[]::new));
    }
    devices.print(out);
  }
}
