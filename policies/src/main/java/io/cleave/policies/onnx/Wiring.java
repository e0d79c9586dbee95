package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.separable.ClippedLevels;
import java.util.List;

/** A graph that is wired anew, operator by operator; inputs, outputs and weights stay. */
final class Wiring {
  private final GraphProto.Builder graph;

  Wiring(GraphProto graph) {
    this.graph = graph.toBuilder().clearNode();
  }

  GraphProto built() {
    return graph.build();
  }

  /** Name of its first input. */
  String input() {
    return graph.getInput(0).getName();
  }

  void node(NodeProto.Builder node) {
    graph.addNode(node);
  }

  void nodes(List<NodeProto> nodes) {
    graph.addAllNode(nodes);
  }

  void add(String operator, String y, String... inputs) {
    graph.addNode(operator(operator, y, inputs));
  }

  void concat(String y, List<String> parts, int axis) {
    graph.addNode(
        operator("Concat", y, parts.toArray(String[]::new))
            .addAttribute(Attributes.integer("axis", axis)));
  }

  private static NodeProto.Builder operator(String operator, String y, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(y)
        .addOutput(y)
        .addAllInput(List.of(inputs));
  }

  /** A constant of two numbers. */
  void numbers(String name, long first, long second) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(2)
            .addInt64Data(first)
            .addInt64Data(second));
  }

  /** The constants that {@link #answer} needs. */
  void levels(ClippedLevels levels, boolean rounded) {
    graph.addInitializer(Weight.scalar("lower", (float) levels.lower()).bare());
    graph.addInitializer(Weight.scalar("upper", (float) levels.upper()).bare());
    if (rounded) {
      graph.addInitializer(Weight.scalar("levels-each", (float) (1 / levels.step())).bare());
      graph.addInitializer(Weight.scalar("step", (float) levels.step()).bare());
    }
  }

  /** What was made, clipped and lowered; if rounded its level. */
  void answer(String y, String made, boolean rounded) {
    String stem = y + ".";
    add("Clip", stem + "clip", made, "lower", "upper");
    add("Sub", rounded ? stem + "sub" : y, stem + "clip", "lower");
    if (rounded) {
      add("Mul", stem + "mul", stem + "sub", "levels-each");
      add("Round", y, stem + "mul");
    }
  }
}
