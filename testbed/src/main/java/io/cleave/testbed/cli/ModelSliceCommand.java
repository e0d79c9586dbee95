package io.cleave.testbed.cli;

import io.cleave.policies.graph.Cut;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave model slice}: writes the two halves of a network. */
@Command(
    name = "slice",
    mixinStandardHelpOptions = true,
    description = "Writes the two halves of a network and says what crosses between them.")
final class ModelSliceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelReference model = new ModelReference();

  @Option(
      names = "--after",
      required = true,
      split = ",",
      paramLabel = "LAYER",
      description = "Last layers of the near half, by name or number; what they need is near too.")
  private List<String> after = List.of();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() {
    OnnxSlicer slicer = model.slicer();
    DnnGraph graph = slicer.graph();
    LayerSet near = near(graph);
    LayerSet far = graph.all().minus(near);
    if (far.isEmpty() || near.size() == 1) {
      throw new UserError(
          "Behind %s all layers are on one side: there is nothing to slice."
              .formatted(String.join(",", after)));
    }
    Path nearFile = folder.resolve(model.stem() + ".near.onnx");
    Path farFile = folder.resolve(model.stem() + ".far.onnx");
    WholeFiles.write(List.of(nearFile, farFile), List.of(slicer.bytes(near), slicer.bytes(far)));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %d layers%n", nearFile, near.size() - 1);
    out.printf("%s: %d layers%n", farFile, far.size());
    Cut cut = graph.cut(near);
    out.printf("What crosses, %s:%n", Amounts.bytes(cut.size().bytes()));
    for (int t : cut.tensors()) {
      Tensor tensor = graph.tensor(t);
      out.printf(
          "  %s, %s%s%n",
          ModelInspectCommand.tensor(tensor),
          Amounts.bytes(tensor.size().bytes()),
          tensor.producer() == 0 ? " (the input itself)" : "");
    }
    out.flush();
    return 0;
  }

  /** The named layers and all that they need. */
  private LayerSet near(DnnGraph graph) {
    BitSet near = new BitSet();
    near.set(0);
    after.forEach(text -> near.set(layer(graph, text.strip())));
    for (int layer = graph.size() - 1; layer > 0; layer--) {
      if (near.get(layer)) {
        graph.layer(layer).inputs().forEach(t -> near.set(graph.tensor(t).producer()));
      }
    }
    return LayerSet.of(near);
  }

  private int layer(DnnGraph graph, String text) {
    for (int i = 0; i < graph.size(); i++) {
      if (graph.layer(i).name().equals(text)) {
        return i;
      }
    }
    if (text.matches("[0-9]{1,6}") && Integer.parseInt(text) < graph.size()) {
      return Integer.parseInt(text);
    }
    throw new UserError(
        "%s has no layer '%s'. Maybe look at: cleave model inspect %s"
            .formatted(graph.name(), text, model.text()));
  }
}
