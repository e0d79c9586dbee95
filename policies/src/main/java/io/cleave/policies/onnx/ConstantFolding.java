package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.cleave.policies.graph.ElementType;
import java.util.ArrayList;
import java.util.Collections;
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
      default -> in.allKnown() && !in.inputs().isEmpty() ? known(in) : Optional.empty();
    };
  }

  private static Optional<List<Value>> known(Operands in) {
    return switch (in.node().getOpType()) {
      case "ConstantOfShape" -> Optional.of(List.of(constantOfShape(in)));
      case "Range" -> Optional.of(List.of(range(in)));
      default -> computed(in);
    };
  }

  /** Shape by the operator's rule, content by arithmetic or by copying. */
  private static Optional<List<Value>> computed(Operands in) {
    Optional<Operator> operator = Operator.of(in.node().getDomain(), in.node().getOpType());
    if (operator.isEmpty()) {
      return Optional.empty();
    }
    Value out = operator.get().rule().outputs(in).get(0);
    if (out.elements() > Value.MOST_CONTENT) {
      return Optional.empty();
    }
    return Arithmetic.content(in, out)
        .or(() -> Copying.content(in, out))
        .map(
            content ->
                List.of(
                    Value.constant(out.type().orElseThrow(), out.dims().orElseThrow(), content)));
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
        .map(a -> Value.constant(ElementType.INT64, List.of(), List.of((double) a.getI())))
        .or(
            () ->
                in.attribute("value_float")
                    .map(
                        a ->
                            Value.constant(
                                ElementType.FLOAT32, List.of(), List.of((double) a.getF()))))
        .map(List::of);
  }

  private static Value constantOfShape(Operands in) {
    List<Long> dims = in.integers(0);
    Value fill =
        in.attribute("value")
            .map(a -> TensorContent.of(a.getT()))
            .orElse(Value.constant(ElementType.FLOAT32, List.of(1L), List.of(0.0)));
    ElementType type = fill.type().orElse(ElementType.FLOAT32);
    long elements = ViewRules.product(dims, 0, dims.size());
    return elements > Value.MOST_CONTENT || fill.content().isEmpty()
        ? Value.weight(type, dims)
        : Value.constant(
            type, dims, Collections.nCopies((int) elements, fill.content().get().get(0)));
  }

  private static Value range(Operands in) {
    double start = in.numbers(0).get(0);
    double step = in.numbers(2).get(0);
    long length = (long) Math.max(0, Math.ceil((in.numbers(1).get(0) - start) / step));
    if (length > Value.MOST_CONTENT) {
      return Value.weight(in.type(0), List.of(length));
    }
    List<Double> content = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      content.add(start + i * step);
    }
    return Value.constant(in.type(0), List.of(length), content);
  }
}
