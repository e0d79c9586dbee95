package io.cleave.policies.onnx;

import io.cleave.policies.graph.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes element-wise operators and full reductions on small constants. */
final class Arithmetic {
  private Arithmetic() {}

  /** Elements of the output; empty if the operator is none of these. */
  static Optional<List<Double>> content(Operands in, Value out) {
    Optional<DoubleUnaryOperator> unary = unary(in, out);
    if (unary.isPresent()) {
      return Optional.of(in.numbers(0).stream().map(unary.get()::applyAsDouble).toList());
    }
    Optional<DoubleBinaryOperator> binary = binary(in.node().getOpType(), in.in(0).real());
    if (binary.isPresent()) {
      return Optional.of(folded(in, out, binary.get()));
    }
    if (in.node().getOpType().equals("Where")) {
      return Optional.of(where(in, out));
    }
    return reduction(in.node().getOpType())
        .filter(operator -> out.elements() == 1 && !in.numbers(0).isEmpty())
        .map(
            operator ->
                List.of(in.numbers(0).stream().reduce(operator::applyAsDouble).orElse(0.0)));
  }

  private static Optional<DoubleUnaryOperator> unary(Operands in, Value out) {
    return switch (in.node().getOpType()) {
      case "Identity" -> Optional.of(x -> x);
      case "Cast", "CastLike" -> Optional.of(cast(out));
      case "Neg" -> Optional.of(x -> -x);
      case "Abs" -> Optional.of(Math::abs);
      case "Floor" -> Optional.of(Math::floor);
      case "Ceil" -> Optional.of(Math::ceil);
      case "Sqrt" -> Optional.of(Math::sqrt);
      case "Not" -> Optional.of(x -> x == 0 ? 1 : 0);
      default -> Optional.empty();
    };
  }

  private static DoubleUnaryOperator cast(Value out) {
    if (out.real()) {
      return x -> x;
    }
    return out.type().orElseThrow() == ElementType.BOOL
        ? x -> x == 0 ? 0 : 1
        : x -> (double) (long) x;
  }

  private static Optional<DoubleBinaryOperator> binary(String operator, boolean real) {
    return switch (operator) {
      case "Add", "Sum" -> Optional.of(Double::sum);
      case "Sub" -> Optional.of((x, y) -> x - y);
      case "Mul" -> Optional.of((x, y) -> x * y);
      case "Div" -> Optional.of(real ? (x, y) -> x / y : (x, y) -> (double) (long) (x / y));
      case "Mod" -> Optional.of((x, y) -> x - y * Math.floor(x / y));
      case "Pow" -> Optional.of(Math::pow);
      case "Min" -> Optional.of(Math::min);
      case "Max" -> Optional.of(Math::max);
      case "Equal" -> Optional.of((x, y) -> x == y ? 1 : 0);
      case "Greater" -> Optional.of((x, y) -> x > y ? 1 : 0);
      case "Less" -> Optional.of((x, y) -> x < y ? 1 : 0);
      case "GreaterOrEqual" -> Optional.of((x, y) -> x >= y ? 1 : 0);
      case "LessOrEqual" -> Optional.of((x, y) -> x <= y ? 1 : 0);
      case "And" -> Optional.of((x, y) -> x != 0 && y != 0 ? 1 : 0);
      case "Or" -> Optional.of((x, y) -> x != 0 || y != 0 ? 1 : 0);
      default -> Optional.empty();
    };
  }

  private static Optional<DoubleBinaryOperator> reduction(String operator) {
    return switch (operator) {
      case "ReduceSum" -> Optional.of(Double::sum);
      case "ReduceProd" -> Optional.of((x, y) -> x * y);
      case "ReduceMin" -> Optional.of(Math::min);
      case "ReduceMax" -> Optional.of(Math::max);
      default -> Optional.empty();
    };
  }

  private static List<Double> folded(Operands in, Value out, DoubleBinaryOperator operator) {
    List<Double> result = new ArrayList<>();
    for (long i = 0; i < out.elements(); i++) {
      double value = broadcast(in, 0, out, i);
      for (int operand = 1; operand < in.inputs().size(); operand++) {
        value = operator.applyAsDouble(value, broadcast(in, operand, out, i));
      }
      result.add(value);
    }
    return result;
  }

  private static List<Double> where(Operands in, Value out) {
    List<Double> result = new ArrayList<>();
    for (long i = 0; i < out.elements(); i++) {
      result.add(broadcast(in, broadcast(in, 0, out, i) != 0 ? 1 : 2, out, i));
    }
    return result;
  }

  /** The element of an operand that stands behind element {@code place} of the output. */
  private static double broadcast(Operands in, int operand, Value out, long place) {
    List<Long> dims = in.dims(operand);
    List<Long> outDims = out.dims().orElseThrow();
    long rest = place;
    long index = 0;
    long stride = 1;
    for (int axis = outDims.size() - 1; axis >= 0; axis--) {
      int own = axis - outDims.size() + dims.size();
      if (own >= 0) {
        index += dims.get(own) == 1 ? 0 : rest % outDims.get(axis) * stride;
        stride *= dims.get(own);
      }
      rest /= outDims.get(axis);
    }
    return in.numbers(operand).get((int) index);
  }
}
