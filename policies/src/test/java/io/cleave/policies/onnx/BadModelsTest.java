package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.TensorShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are no usable networks are refused in one line that says what is wrong. */
final class BadModelsTest {
  @Test
  void namesInputAndAxisThatNeedASize() {
    ModelProto model = through(Models.node("Relu", List.of("x"), "y"), 0, 3, 0, 0);
    refuses(model, "input 'x' has a dynamic axis 2 (open2)", "--shape x=1x3x320x320");
    assertThat(
            OnnxGraph.of("m", model, Map.of("x", TensorShape.of(1, 3, 32, 32))).inputSize().bytes())
        .isEqualTo(4 * 3 * 32 * 32);
  }

  @Test
  void refusesSizesThatDoNotFit() {
    ModelProto model = through(Models.node("Relu", List.of("x"), "y"), 1, 3);
    assertThatThrownBy(() -> OnnxGraph.of("m", model, Map.of("x", TensorShape.of(1, 4))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("axis 1 is fixed to 3");
    assertThatThrownBy(() -> OnnxGraph.of("m", model, Map.of("q", TensorShape.of(1, 3))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("'q'")
        .hasMessageContaining("[x]");
  }

  @Test
  void namesAnUnsupportedOperatorAndItsNode() {
    refuses(
        through(Models.node("Frobnicate", List.of("x"), "y").setDomain("com.acme"), 1, 3),
        "com.acme.Frobnicate",
        "node 'n_y'",
        "not supported");
  }

  @Test
  void refusesCycles() {
    refuses(
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3))
                .addNode(Models.node("Add", List.of("x", "b"), "a"))
                .addNode(Models.node("Relu", List.of("a"), "b"))
                .addNode(Models.node("Relu", List.of("b"), "y"))
                .addOutput(Models.floats("y", 1, 3))),
        "cyclic",
        "'n_");
  }

  @Test
  void putsNodesInOrder() {
    DnnGraph graph =
        OnnxGraph.of(
            "m",
            Models.model(
                GraphProto.newBuilder()
                    .addInput(Models.floats("x", 1, 3))
                    .addNode(Models.node("Relu", List.of("a"), "y"))
                    .addNode(Models.node("Tanh", List.of("x"), "a"))
                    .addOutput(Models.floats("y", 1, 3))));
    assertThat(graph.layers()).extracting(Layer::operator).containsExactly("Input", "Tanh", "Relu");
  }

  @Test
  void refusesDisconnectedGraphs() {
    refuses(
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3))
                .addNode(Models.node("Relu", List.of("x"), "y"))
                .addNode(Models.node("Tanh", List.of("x"), "lost"))
                .addOutput(Models.floats("y", 1, 3))),
        "disconnected",
        "Tanh node 'n_lost' leads to no output");
    refuses(
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3))
                .addInitializer(Models.weights("w", 3))
                .addNode(Models.node("Relu", List.of("x"), "y"))
                .addNode(Models.node("Relu", List.of("w"), "z"))
                .addOutput(Models.floats("y", 1, 3))
                .addOutput(Models.floats("z", 3))),
        "disconnected",
        "output 'z' depends on no input");
  }

  @Test
  void namesWhatIsMissing() {
    refuses(
        through(Models.node("Add", List.of("x", "w"), "y"), 1, 3),
        "Add node 'n_y' reads 'w'",
        "no initializer");
  }

  @Test
  void refusesTrainingMode() {
    ModelProto normalised =
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3, 2, 2))
                .addInitializer(Models.weights("s", 3))
                .addNode(
                    Models.node("BatchNormalization", List.of("x", "s", "s", "s", "s"), "y")
                        .addAttribute(Models.integer("training_mode", 1)))
                .addOutput(Models.floats("y", 1, 3, 2, 2)));
    refuses(normalised, "BatchNormalization node 'n_y' is in training mode", "batch neighbours");
    ModelProto dropped =
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3))
                .addInitializer(new Weight("ratio", List.of(), 0, List.of(0.5f)).bare())
                .addInitializer(Models.longs("on", 1L).toBuilder().clearDims().build())
                .addNode(Models.node("Dropout", List.of("x", "ratio", "on"), "y"))
                .addOutput(Models.floats("y", 1, 3)));
    refuses(dropped, "Dropout node 'n_y' is in training mode");
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    refuses(
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 3, 8, 8))
                .addInitializer(Models.weights("w", 4, 5, 3, 3))
                .addNode(Models.node("Conv", List.of("x", "w"), "y"))
                .addOutput(Models.floats("y", 1, 4, 6, 6))),
        "Conv node 'n_y' has 3 input channels");
  }

  @Test
  void refusesFilesThatAreNoModelOrOnlyPartOfOne(@TempDir Path folder) throws IOException {
    byte[] whole = Zoo.SMALL_CHAIN.model(1).toByteArray();
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Path file = folder.resolve("cut-%d.onnx".formatted(length));
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OnnxGraph.read(file))
          .as("first %d bytes", length)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(file.toString());
    }
    Path text = Files.writeString(folder.resolve("text.onnx"), "time,rate\n0,1\n");
    assertThatThrownBy(() -> OnnxGraph.read(text)).isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(() -> OnnxGraph.read(folder.resolve("missing.onnx")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void anyFlippedByteIsReadOrRefusedInOneLine() {
    byte[] whole = Zoo.SMALL_CHAIN.model(1).toByteArray();
    java.util.SplittableRandom random = new java.util.SplittableRandom(11);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      // The first part holds the operators, behind it lie weights.
      damaged[random.nextInt(1500)] = (byte) random.nextInt(256);
      try {
        OnnxGraph.of("damaged", OnnxFile.parse("damaged", damaged));
      } catch (ModelFormatException error) {
        assertThat(error).hasMessageNotContaining("\n");
      }
    }
    assertThat(new String(whole, StandardCharsets.ISO_8859_1).indexOf("fc2")).isLessThan(1500);
  }

  private static ModelProto through(NodeProto.Builder node, long... dims) {
    return Models.model(
        GraphProto.newBuilder()
            .addInput(Models.floats("x", dims))
            .addNode(node)
            .addOutput(Models.floats("y", dims)));
  }

  private static void refuses(ModelProto model, String... parts) {
    assertThatThrownBy(() -> OnnxGraph.of("m", model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }
}
