package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.cleave.policies.graph.ElementType;
import java.util.List;
import java.util.Optional;

/** Computes small constants, so that shapes worked out by a model's own operators are known. */
final class ConstantFolding {
  private ConstantFolding() {}

  /** Empty if the operator or the size of its inputs is beyond what is folded. */
  static Optional<List<Value>> fold(Operands in) {
    return switch (in.node().getOpType()) {
      case "Constant" -> constant(in);
      case "Shape" -> Optional.of(ViewRules.shape(in));
      case "Size" -> Optional.of(ViewRules.size(in));
      default -> Optional.empty();
    };
  }

  private static Optional<List<Value>> constant(Operands in) {
    Optional<AttributeProto> tensor = in.attribute("value");
    if (tensor.isPresent()) {
      return Optional.of(List.of(TensorContent.of(tensor.get().getT())));
    }
    if (in.integers("value_ints").isPresent()) {
      return Optional.of(List.of(Value.integers(in.integers("value_ints").get())));
    }
    return in.attribute("value_int")
        .map(
            a -> List.of(Value.constant(ElementType.INT64, List.of(), List.of((double) a.getI()))));
  }
}
