package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.Cut;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OnnxSlicerTest {
  static Stream<Arguments> smallNetworksInTwoBatches() {
    return Stream.of(Zoo.values())
        .filter(Zoo::small)
        .flatMap(zoo -> Stream.of(Arguments.of(zoo, 1L), Arguments.of(zoo, 8L)));
  }

  @ParameterizedTest
  @MethodSource("smallNetworksInTwoBatches")
  void everyCutComputesWhatTheWholeComputes(Zoo zoo, long batch) {
    ModelProto whole = zoo.model(7);
    OnnxSlicer slicer = OnnxSlicer.of(zoo.id(), whole, Map.of());
    List<Long> dims = new ArrayList<>(slicer.graph().tensor(0).shape().dims());
    dims.set(0, batch);
    Map<String, Floats> input = Map.of("input", Floats.random(3, dims));
    Map<String, Floats> expected = Engine.run(whole, input);
    LegalCuts.forEach(
        slicer.graph(),
        near -> {
          Map<String, Floats> answer = Engine.runInTwo(slicer, near, input);
          expected.forEach(
              (name, floats) ->
                  assertThat(floats.relativeDifference(Engine.pick(answer, name)))
                      .as("%s of %s cut behind %s", name, zoo.id(), near)
                      .isLessThanOrEqualTo(1e-5));
        });
  }

  /** y = relu(conv1(x)); z = add(conv2(y), y). */
  private static Blueprint skipConnection() {
    Blueprint b = new Blueprint("skip", 2, 6, 6);
    String y = b.convRelu(Blueprint.INPUT, 4, Window.same(3, 3));
    return b.output(b.add(b.conv(y, 4, Window.same(3, 3)), y));
  }

  @Test
  void skipConnectionMakesTwoTensors() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    // Layers: 0 input, 1 conv1, 2 relu1, 3 conv2, 4 add1.
    Cut cut = slicer.graph().cut(LayerSet.range(0, 4));
    assertThat(cut.tensors())
        .extracting(t -> slicer.graph().tensor(t).name())
        .containsExactlyInAnyOrder("conv2", "relu1");
    assertThat(slicer.slice(LayerSet.of(4)).getGraph().getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactlyInAnyOrder("conv2", "relu1");
  }

  @Test
  void skipConnectionComputesTheSameAtEveryCut() {
    ModelProto whole = skipConnection().model(1);
    OnnxSlicer slicer = OnnxSlicer.of("skip", whole, Map.of());
    Map<String, Floats> input = Map.of("input", Floats.random(5, List.of(1L, 2L, 6L, 6L)));
    Floats expected = Engine.pick(Engine.run(whole, input), "add1");
    LegalCuts.forEach(
        slicer.graph(),
        near -> {
          Floats split = Engine.pick(Engine.runInTwo(slicer, near, input), "add1");
          assertThat(expected.difference(split)).isLessThanOrEqualTo(1e-5);
        });
  }

  @Test
  void tensorReadThreeTimesBeyondTheCutCrossesOnce() {
    Blueprint b = new Blueprint("fan", 2, 6, 6);
    String y = b.relu(Blueprint.INPUT);
    b.output(
        b.concat(b.conv(y, 2, Window.valid(1, 1)), b.conv(y, 3, Window.valid(1, 1)), b.relu(y)));
    OnnxSlicer slicer = OnnxSlicer.of("fan", b.model(1), Map.of());
    LayerSet near = LayerSet.range(0, 2);
    // 1 x 2 x 6 x 6 floats of 4 bytes, once.
    assertThat(slicer.graph().cut(near).size().bytes()).isEqualTo(288);
    assertThat(slicer.slice(slicer.graph().all().minus(near)).getGraph().getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly(y);
  }

  @Test
  void carriesOnlyTheWeightsThatItUses() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    assertThat(slicer.slice(LayerSet.of(3)).getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactly("conv2.weight", "conv2.bias");
  }

  @Test
  void leavesTheBatchOpenAndTheSliceReadable() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    ModelProto tail = slicer.slice(LayerSet.of(3, 4));
    DnnGraph graph = OnnxGraph.of("tail", tail, Map.of("relu1", TensorShape.of(8, 4, 6, 6)));
    assertThat(graph.tensor(graph.outputs().get(0)).shape()).hasToString("8x4x6x6");
  }

  @Test
  void namesAnInputThatIsNeededAndNotListed() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    assertThatThrownBy(() -> slicer.between(Set.of("conv2"), Set.of("add1")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("needs the graph input 'input'");
    assertThat(slicer.between(Set.of("conv2", "relu1"), Set.of("add1")).getGraph().getNodeCount())
        .isEqualTo(1);
  }

  @Test
  void refusesAnInputThatIsNotNeededAndATensorThatIsNotThere() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    assertThatThrownBy(() -> slicer.between(Set.of("input", "conv2"), Set.of("relu1")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("do not need the input 'conv2'");
    assertThatThrownBy(() -> slicer.between(Set.of("input"), Set.of("conv1.weight")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no tensor 'conv1.weight'");
  }

  /** If(ReduceSum(x) > 0) then relu(y) else y + captured weight, with y made outside. */
  static ModelProto branching() {
    GraphProto then =
        GraphProto.newBuilder()
            .setName("then")
            .addNode(Models.node("Relu", List.of("y"), "in_then"))
            .addOutput(Models.floats("in_then", 1, 4))
            .build();
    GraphProto otherwise =
        GraphProto.newBuilder()
            .setName("else")
            .addNode(Models.node("Add", List.of("y", "w"), "in_else"))
            .addOutput(Models.floats("in_else", 1, 4))
            .build();
    return Models.model(
        GraphProto.newBuilder()
            .addInput(Models.floats("x", 1, 4))
            .addInitializer(Models.weights("w", 4))
            .addInitializer(Models.weights("zero", 1))
            .addNode(Models.node("Tanh", List.of("x"), "y"))
            .addNode(
                Models.node("ReduceMax", List.of("x"), "sum")
                    .addAttribute(Models.integer("keepdims", 0)))
            .addNode(Models.node("Greater", List.of("sum", "zero"), "positive_"))
            .addNode(Models.node("Reshape", List.of("positive_", "no_axes"), "positive"))
            .addInitializer(Models.longs("no_axes"))
            .addNode(
                Models.node("If", List.of("positive"), "z")
                    .addAttribute(body("then_branch", then))
                    .addAttribute(body("else_branch", otherwise)))
            .addNode(Models.node("Exp", List.of("z"), "answer"))
            .addValueInfo(Models.floats("z", 1, 4))
            .addOutput(Models.floats("answer", 1, 4)));
  }

  private static AttributeProto body(String name, GraphProto graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  @Test
  void keepsBranchesWholeAndSendsWhatTheyCapture() {
    ModelProto whole = branching();
    OnnxSlicer slicer = OnnxSlicer.of("branching", whole, Map.of());
    // Layers: 0 input, 1 Tanh, 2 ReduceMax, 3 Greater, 4 Reshape, 5 If, 6 Exp.
    LayerSet near = LayerSet.range(0, 5);
    assertThat(slicer.graph().cut(near).tensors())
        .extracting(t -> slicer.graph().tensor(t).name())
        .containsExactlyInAnyOrder("positive", "y");
    assertThat(slicer.slice(LayerSet.of(5)).getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactly("w");
    Map<String, Floats> input = Map.of("x", Floats.random(2, List.of(1L, 4L)));
    Floats expected = Engine.pick(Engine.run(whole, input), "answer");
    LegalCuts.forEach(
        slicer.graph(),
        cut -> {
          // What is true or false crosses as such; the harness feeds floats only.
          boolean floatsOnly =
              slicer.graph().cut(cut).tensors().stream()
                  .allMatch(t -> slicer.graph().tensor(t).type() == ElementType.FLOAT32);
          if (floatsOnly) {
            Floats split = Engine.pick(Engine.runInTwo(slicer, cut, input), "answer");
            assertThat(expected.relativeDifference(split)).isLessThanOrEqualTo(1e-5);
          }
        });
  }

  @Test
  void refusesATensorInsideABranch() {
    OnnxSlicer slicer = OnnxSlicer.of("branching", branching(), Map.of());
    assertThatThrownBy(() -> slicer.between(Set.of("x"), Set.of("in_then")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("'in_then' lies inside the body of If node 'n_z'");
  }

  @Test
  void refusesToSliceNothing() {
    OnnxSlicer slicer = OnnxSlicer.of("skip", skipConnection().model(1), Map.of());
    assertThatThrownBy(() -> slicer.slice(LayerSet.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }
}
