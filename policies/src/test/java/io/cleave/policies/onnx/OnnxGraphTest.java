package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OnnxGraphTest {
  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"SMALL_.*", "GOOGLENET", "MOBILENETV2"},
      mode = EnumSource.Mode.MATCH_ANY)
  void infersTheShapesThatTheEngineComputes(Zoo zoo) {
    ModelProto model = zoo.model(1);
    DnnGraph graph = OnnxGraph.of(zoo.id(), model);
    Tensor in = graph.tensor(0);
    Map<String, Floats> told =
        Engine.run(
            Engine.tellingAll(model, graph),
            Map.of(in.name(), Floats.random(1, in.shape().dims())));
    for (Tensor tensor : graph.tensors()) {
      if (tensor.producer() > 0) {
        Floats floats = Engine.pick(told, tensor.name());
        assertThat(floats.dims()).as(tensor.name()).isEqualTo(tensor.shape().dims());
        assertThat(floats.largest()).as(tensor.name()).isBetween(1e-9, 1e9);
      }
    }
  }

  @Test
  void graphWithoutWeightsEqualsGraphWithThem() {
    DnnGraph bare = Zoo.SMALL_DEPTHWISE.graph();
    DnnGraph full = OnnxGraph.of("small-depthwise", Zoo.SMALL_DEPTHWISE.model(1));
    assertThat(full.layers()).isEqualTo(bare.layers());
    assertThat(full.tensors()).isEqualTo(bare.tensors());
  }

  @Test
  void weightsFollowTheSeed() {
    ModelProto once = Zoo.SMALL_CHAIN.model(1);
    ModelProto again = Zoo.SMALL_CHAIN.model(1);
    assertThat(again).isEqualTo(once);
    assertThat(Zoo.SMALL_CHAIN.model(1)).isNotEqualTo(Zoo.SMALL_CHAIN.model(2));
  }

  @Test
  void countsTheWorkOfAGroupedConvolution() {
    // 8 maps of 5 x 5, each element from 2 channels x 3 x 3: 8 * 25 * 18 = 3600.
    ModelProto model =
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 4, 5, 5))
                .addInitializer(Models.weights("w", 8, 2, 3, 3))
                .addNode(
                    Models.node("Conv", List.of("x", "w"), "y")
                        .addAttribute(Models.integer("group", 2))
                        .addAttribute(Models.integers("pads", 1L, 1L, 1L, 1L)))
                .addOutput(Models.floats("y", 1, 8, 5, 5)));
    Layer conv = OnnxGraph.of("grouped", model).layer(1);
    assertThat(conv.kind()).isEqualTo(LayerKind.CONVOLUTION);
    assertThat(conv.work().multiplyAccumulates()).isEqualTo(3600);
    assertThat(conv.work().parameters()).isEqualTo(144);
    assertThat(conv.work().parameterBytes()).isEqualTo(576);
    // Reads 100 floats, writes 200.
    assertThat(conv.work().activationBytes()).isEqualTo(1200);
  }

  @Test
  void oneFilterAChannelIsDepthwise() {
    assertThat(Zoo.MOBILENETV2.graph().layers())
        .filteredOn(layer -> layer.kind() == LayerKind.DEPTHWISE)
        .hasSize(17);
  }

  @Test
  void sharedWeightsAreCountedOnce() {
    ModelProto model =
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 4))
                .addInitializer(Models.weights("w", 4, 4))
                .addNode(Models.node("MatMul", List.of("x", "w"), "y"))
                .addNode(Models.node("MatMul", List.of("y", "w"), "z"))
                .addOutput(Models.floats("z", 1, 4)));
    DnnGraph graph = OnnxGraph.of("shared", model);
    assertThat(graph.parameters()).isEqualTo(16);
    assertThat(graph.multiplyAccumulates()).isEqualTo(32);
  }

  @Test
  void shapesWorkedOutByTheModelAreConstants() {
    // y = reshape(relu(x), concat(shape(relu(x))[0:1], [-1])): the shape is no tensor to send.
    ModelProto model = reshapedByItsOwnShape();
    DnnGraph graph = OnnxGraph.of("reshaped", model, Map.of("x", TensorShape.of(2, 3, 4, 5)));
    assertThat(graph.layers())
        .extracting(Layer::operator)
        .containsExactly("Input", "Relu", "Reshape");
    assertThat(Models.tensor(graph, "y").shape()).hasToString("2x60");
  }

  static ModelProto reshapedByItsOwnShape() {
    return Models.model(
        GraphProto.newBuilder()
            .addInput(Models.floats("x", 0, 3, 4, 5))
            .addInitializer(Models.longs("start", 0L))
            .addInitializer(Models.longs("end", 1L))
            .addInitializer(Models.longs("rest", -1L))
            .addNode(Models.node("Relu", List.of("x"), "r"))
            .addNode(Models.node("Shape", List.of("r"), "shape"))
            .addNode(Models.node("Slice", List.of("shape", "start", "end"), "batch"))
            .addNode(
                Models.node("Concat", List.of("batch", "rest"), "to")
                    .addAttribute(Models.integer("axis", 0)))
            .addNode(Models.node("Reshape", List.of("r", "to"), "y"))
            .addOutput(Models.floats("y", 0, 60)));
  }

  @Test
  void weightsKeptAsConstantNodesCrossNoCut() {
    ModelProto model =
        Models.model(
            GraphProto.newBuilder()
                .addInput(Models.floats("x", 1, 4))
                .addNode(
                    Models.node("Constant", List.of(), "w")
                        .addAttribute(
                            AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(Models.weights("w", 4, 4))))
                .addNode(Models.node("MatMul", List.of("x", "w"), "y"))
                .addNode(Models.node("MatMul", List.of("y", "w"), "z"))
                .addOutput(Models.floats("z", 1, 4)));
    DnnGraph graph = OnnxGraph.of("constants", model);
    assertThat(graph.isChain()).isTrue();
    assertThat(graph.tensors()).extracting(Tensor::name).containsExactly("x", "y", "z");
  }

  @Test
  void aDynamicBatchAloneIsOne() {
    assertThat(Zoo.SMALL_CHAIN.graph().tensor(0).shape()).hasToString("1x3x16x16");
  }
}
