package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers the constants that a part of a model needs: weights, and operators that make constants.
 */
final class Constants {
  private final Map<String, TensorProto> weights = new LinkedHashMap<>();
  private final Analysis analysis;
  private final Set<String> met = new HashSet<>();
  private final Set<NodeProto> makers = new HashSet<>();
  private final List<TensorProto> initializers = new ArrayList<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  Constants(GraphProto graph, Analysis analysis) {
    this.analysis = analysis;
    graph.getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
  }

  /** Takes in whatever it takes to have this constant; live tensors are not this class's. */
  void need(String name) {
    Value value = analysis.values().getOrDefault(name, Value.OPAQUE);
    if (value.live() || !met.add(name)) {
      return;
    }
    TensorProto weight = weights.get(name);
    if (weight != null) {
      initializers.add(weight);
      return;
    }
    if (analysis.frozen().contains(name) && value.content().isPresent()) {
      initializers.add(literal(name, value));
      return;
    }
    NodeProto maker = analysis.constantMakers().get(name);
    if (maker != null && makers.add(maker)) {
      Captures.reads(maker).forEach(this::need);
      nodes.add(maker);
    }
  }

  List<TensorProto> initializers() {
    return initializers;
  }

  /** Operators without live inputs, in running order. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** The declaration of a live tensor as input or output of a part. */
  ValueInfoProto info(String name, Set<String> openBatch) {
    Value value = analysis.values().getOrDefault(name, Value.OPAQUE);
    return info(
        new Tensor(name, value.shape(), value.type().orElseThrow(), 0), value.shape(), openBatch);
  }

  /** The same for a tensor of which a part with these sizes is passed. */
  static ValueInfoProto info(Tensor tensor, TensorShape sizes, Set<String> openBatch) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < sizes.rank(); axis++) {
      boolean open = axis == 0 && openBatch.contains(tensor.name());
      shape.addDim(
          open
              ? Dimension.newBuilder().setDimParam("batch")
              : Dimension.newBuilder().setDimValue(sizes.dim(axis)));
    }
    return ValueInfoProto.newBuilder()
        .setName(tensor.name())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(ElementTypes.number(tensor.type()))
                        .setShape(shape)))
        .build();
  }

  private static TensorProto literal(String name, Value value) {
    ElementType type = value.type().orElseThrow();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementTypes.number(type))
            .addAllDims(value.dims().orElseThrow());
    for (double element : value.content().orElseThrow()) {
      switch (type) {
        case FLOAT32 -> tensor.addFloatData((float) element);
        case FLOAT64 -> tensor.addDoubleData(element);
        case INT64 -> tensor.addInt64Data((long) element);
        case UINT32, UINT64 -> tensor.addUint64Data((long) element);
        case INT32, INT16, UINT16, INT8, UINT8, BOOL -> tensor.addInt32Data((int) element);
        case FLOAT16, BFLOAT16 ->
            throw new ModelFormatException(
                "The shape constant '%s' is of half precision, which is not supported."
                    .formatted(name));
      }
    }
    return tensor.build();
  }
}
