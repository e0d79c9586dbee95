package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which tensors keep an open batch axis in a sub-model: the shapes are worked out once
 * more for a batch that is one larger, and what grew by one on its first axis follows the batch.
 */
final class OpenBatch {
  private OpenBatch() {}

  /** A tensor whose first axis, the batch, is open. */
  static ValueInfoProto tensor(String name, List<Long> dims) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("batch"));
    dims.forEach(dim -> shape.addDim(Dimension.newBuilder().setDimValue(dim)));
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

  /** Names of tensors whose first axis is the batch; empty if the batch is fixed anywhere. */
  static Set<String> tensors(
      GraphProto graph, long opset, Map<String, TensorShape> sizes, Analysis analysis) {
    Map<String, TensorShape> larger = new HashMap<>(sizes);
    for (ValueInfoProto input : graph.getInputList()) {
      boolean open =
          input.getType().getTensorType().getShape().getDimCount() > 0
              && input.getType().getTensorType().getShape().getDim(0).getDimValue() <= 0;
      Value value = analysis.values().getOrDefault(input.getName(), Value.OPAQUE);
      if (open && value.live()) {
        List<Long> dims = new ArrayList<>(value.shape().dims());
        dims.set(0, dims.get(0) + 1);
        larger.put(input.getName(), new TensorShape(dims));
      }
    }
    if (larger.equals(sizes)) {
      return Set.of();
    }
    try {
      return grown(analysis, Inference.run(graph, opset, larger).values());
    } catch (ModelFormatException fixed) {
      // A shape written into the model holds for the batch at hand only.
      return Set.of();
    }
  }

  private static Set<String> grown(Analysis analysis, Map<String, Value> after) {
    Set<String> grown = new HashSet<>();
    for (Map.Entry<String, Value> entry : analysis.values().entrySet()) {
      Value before = entry.getValue();
      Value now = after.getOrDefault(entry.getKey(), Value.OPAQUE);
      if (analysis.frozen().contains(entry.getKey()) && !before.equals(now)) {
        return Set.of();
      }
      if (before.live() && before.dims().isPresent() && !before.equals(now)) {
        if (!growsByOne(before.dims().get(), now.dims().orElse(List.of()))) {
          return Set.of();
        }
        grown.add(entry.getKey());
      }
    }
    return grown;
  }

  private static boolean growsByOne(List<Long> before, List<Long> now) {
    return !before.isEmpty()
        && before.size() == now.size()
        && now.get(0) == before.get(0) + 1
        && now.subList(1, now.size()).equals(before.subList(1, before.size()));
  }
}
