package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the shape rules against the standard's own operator cases, each with its inputs and the
 * shape of its answer (Debian package libonnx-testdata).
 */
final class OperatorConformanceTest {
  private static final Path CASES =
      Path.of(
          Optional.ofNullable(System.getenv("CLEAVE_ONNX_TESTDATA"))
              .orElse("/usr/share/libonnx-testdata/data/node"));

  /** Training is refused, text is no tensor, an empty tensor carries nothing; one file is odd. */
  private static final Pattern OUT_OF_SCOPE =
      Pattern.compile("training|STRING|slice_start_out_of_bounds|castlike_FLOAT_to_BFLOAT16");

  @Test
  void infersTheShapesOfTheStandardsOwnCases() throws IOException {
    String reason =
        "SKIPPED: no operator cases at %s. Maybe install libonnx-testdata.".formatted(CASES);
    if (!Files.isDirectory(CASES)) {
      System.err.println(reason);
    }
    assumeTrue(Files.isDirectory(CASES), reason);
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    try (Stream<Path> folders = Files.list(CASES)) {
      for (Path folder : folders.sorted().toList()) {
        Path file = folder.resolve("model.onnx");
        boolean outOfScope = OUT_OF_SCOPE.matcher(folder.toString()).find();
        if (!outOfScope && Files.exists(file) && applies(OnnxFile.read(file))) {
          checked++;
          check(folder, withConstants(OnnxFile.read(file), folder)).ifPresent(wrong::add);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(checked).isGreaterThan(250);
  }

  /** Single operators that we know, of which the first input is the data. */
  private static boolean applies(ModelProto model) {
    GraphProto graph = model.getGraph();
    NodeProto node = graph.getNode(0);
    boolean known = Operator.of(node.getDomain(), node.getOpType()).isPresent();
    boolean tellsShape = node.getOpType().equals("Shape") || node.getOpType().equals("Size");
    return graph.getNodeCount() == 1
        && known
        && !tellsShape
        && graph.getInputCount() > 0
        && graph.getInput(0).getName().equals(node.getInput(0))
        && graph.getInputList().stream().allMatch(in -> in.getType().hasTensorType())
        && graph.getInput(0).getType().getTensorType().getShape().getDimList().stream()
            .allMatch(dim -> dim.getDimValue() > 0);
  }

  /** Every input but the first becomes a constant with the case's content, as networks have it. */
  private static ModelProto withConstants(ModelProto model, Path folder) {
    ModelProto.Builder fixed = model.toBuilder();
    GraphProto.Builder graph = fixed.getGraphBuilder();
    for (int i = graph.getInputCount() - 1; i > 0; i--) {
      Path data = folder.resolve("test_data_set_0").resolve("input_%d.pb".formatted(i));
      try {
        TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(data));
        graph.addInitializer(tensor.toBuilder().setName(graph.getInput(i).getName()));
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
      graph.removeInput(i);
    }
    return fixed.build();
  }

  private static Optional<String> check(Path folder, ModelProto model) {
    String name = String.valueOf(folder.getFileName());
    GraphProto.Builder undeclared = model.getGraph().toBuilder();
    for (int i = 0; i < undeclared.getOutputCount(); i++) {
      undeclared.getOutputBuilder(i).clearType();
    }
    try {
      Tensor first =
          Models.tensor(
              OnnxGraph.of(name, model.toBuilder().setGraph(undeclared).build()),
              model.getGraph().getOutput(0).getName());
      List<Long> expected =
          model.getGraph().getOutput(0).getType().getTensorType().getShape().getDimList().stream()
              .map(dim -> dim.getDimValue())
              .toList();
      boolean said = expected.stream().allMatch(dim -> dim > 0);
      boolean typed =
          ElementTypes.of(model.getGraph().getOutput(0).getType().getTensorType().getElemType())
              .equals(Optional.of(first.type()));
      return (said && !expected.equals(first.shape().dims())) || !typed
          ? Optional.of("%s: %s %s, not %s".formatted(name, first.type(), first.shape(), expected))
          : Optional.empty();
    } catch (ModelFormatException error) {
      return Optional.of(name + ": " + error.getMessage());
    }
  }
}
