package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import java.util.List;

/** Models of a few operators, written by hand. */
final class Models {
  private Models() {}

  static ModelProto model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(9)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph.setName("test"))
        .build();
  }

  static NodeProto.Builder node(String operator, List<String> inputs, String... outputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName("n_" + outputs[0])
        .addAllInput(inputs)
        .addAllOutput(List.of(outputs));
  }

  /** Sizes of 0 are left open. */
  static ValueInfoProto floats(String name, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < dims.length; axis++) {
      shape.addDim(
          dims[axis] > 0
              ? Dimension.newBuilder().setDimValue(dims[axis])
              : Dimension.newBuilder().setDimParam("open" + axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }

  static TensorProto longs(String name, Long... content) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(content.length)
        .addAllInt64Data(List.of(content))
        .build();
  }

  static TensorProto weights(String name, long... dims) {
    return new Weight(name, java.util.Arrays.stream(dims).boxed().toList(), 0.3, List.of())
        .filled(new java.util.SplittableRandom(1));
  }

  static AttributeProto integer(String name, long value) {
    return Attributes.integer(name, value);
  }

  static AttributeProto integers(String name, Long... values) {
    return Attributes.integers(name, List.of(values));
  }

  static Tensor tensor(DnnGraph graph, String name) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
