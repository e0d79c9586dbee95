package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.testbed.UserError;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave model inspect}: layers, sizes, work, and where a single tensor crosses. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Prints a network's layers, sizes, work and cut positions.")
final class ModelInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelReference model = new ModelReference();

  @Option(
      names = "--device",
      paramLabel = "CLASS",
      description = "Device class whose estimated times are shown: raspberry-pi-3b (default) ...")
  private String device = DeviceClass.RASPBERRY_PI_3B.id();

  @Override
  public Integer call() {
    DnnGraph graph = model.graph();
    LayerTimes times = device().profile().times(graph);
    PrintWriter out = spec.commandLine().getOut();
    List<Integer> positions = LegalCuts.positions(graph);
    out.printf(
        Locale.ROOT,
        "%s: %d layers, %s multiply-accumulates, %s parameters; input: %s; output: %s%n",
        graph.name(),
        graph.size() - 1,
        Amounts.count(graph.multiplyAccumulates()),
        Amounts.count(graph.parameters()),
        tensors(graph, graph.layer(0).outputs()),
        tensors(graph, graph.outputs()));
    out.printf(
        Locale.ROOT,
        "%s legal cuts; at %d positions (marked *) one layer's output is all that crosses%n%n",
        ModelListCommand.cuts(graph),
        positions.size());
    printLayers(graph, times, positions, out);
    return 0;
  }

  private void printLayers(
      DnnGraph graph, LayerTimes times, List<Integer> positions, PrintWriter out) {
    Columns table =
        new Columns(
            "rlllrrrrl",
            "#",
            "layer",
            "operator",
            "output",
            "size",
            "MACs",
            "params",
            "ms " + device,
            "cut behind it");
    for (int i = 0; i < graph.size(); i++) {
      Layer layer = graph.layer(i);
      table.row(
          String.valueOf(i),
          layer.name(),
          layer.operator(),
          layer.outputs().stream()
              .map(t -> graph.tensor(t).shape().toString())
              .collect(Collectors.joining(" ")),
          Amounts.bytes(graph.sizeOf(layer.outputs()).bytes()),
          Amounts.count(layer.work().multiplyAccumulates()),
          Amounts.count(layer.work().parameters()),
          Amounts.millis(times.layer(i)),
          positions.contains(i) ? "*" : "");
    }
    table.print(out);
  }

  private DeviceClass device() {
    try {
      return DeviceClass.byId(device);
    } catch (IllegalArgumentException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }

  private static String tensors(DnnGraph graph, List<Integer> indices) {
    return indices.stream()
        .map(graph::tensor)
        .map(ModelInspectCommand::tensor)
        .collect(Collectors.joining(", "));
  }

  /** As people name a tensor: {@code relu1 1x64x55x55}. */
  static String tensor(Tensor tensor) {
    return tensor.name() + " " + tensor.shape();
  }
}
