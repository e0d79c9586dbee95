package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes of a piece's model in running order, and the constants that the whole model lacks. */
final class PieceNodes {
  private static final long OPSET_OF_SLICE_INPUTS = 10;
  private static final String ZERO = "piece/zero"; // older Gemms must have a bias

  private final long opset;
  private final Map<String, TensorProto> added = new LinkedHashMap<>(); // by name
  private final List<NodeProto> nodes = new ArrayList<>();

  PieceNodes(long opset) {
    this.opset = opset;
  }

  void add(NodeProto node) {
    nodes.add(node);
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  /** A constant, unless there is one of the name already. */
  void add(String name, TensorProto.Builder constant) {
    added.putIfAbsent(name, constant.setName(name).build());
  }

  Collection<TensorProto> constants() {
    return added.values();
  }

  Optional<TensorProto> constant(String name) {
    return Optional.ofNullable(added.get(name));
  }

  String zero() {
    add(
        ZERO,
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1)
            .addFloatData(0));
    return ZERO;
  }

  /** Takes some places of a tensor at run time; the name of what is taken. */
  String slice(String name, int along, Span span) {
    String part = "%s/%d:%s@%d".formatted(name, along, span, nodes.size());
    slice(name, along, span, part);
    return part;
  }

  /** The same under a name of its own. */
  void slice(String name, int along, Span span, String part) {
    NodeProto.Builder slice =
        NodeProto.newBuilder().setOpType("Slice").setName(part).addInput(name).addOutput(part);
    if (opset < OPSET_OF_SLICE_INPUTS) {
      slice
          .addAttribute(Attributes.integers("starts", List.of(span.from())))
          .addAttribute(Attributes.integers("ends", List.of(span.to())))
          .addAttribute(Attributes.integers("axes", List.of((long) along)));
    } else {
      slice.addInput(number(span.from())).addInput(number(span.to())).addInput(number(along));
    }
    nodes.add(slice.build());
  }

  /** Puts tensors one behind the other along an axis. */
  void concat(List<String> parts, int along, String whole) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType("Concat")
            .setName(whole + "/joined")
            .addAllInput(parts)
            .addOutput(whole)
            .addAttribute(Attributes.integer("axis", along))
            .build());
  }

  private String number(long value) {
    String name = "piece/" + value;
    add(
        name,
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(value));
    return name;
  }
}
