package io.cleave.policies.onnx;

import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts what one operator costs. */
final class WorkCount {
  /** Operators whose constant operands are learned; elsewhere constants are settings. */
  private static final Set<String> LEARNED =
      Set.of(
          "Conv",
          "ConvTranspose",
          "Gemm",
          "MatMul",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LayerNormalization",
          "PRelu",
          "Add",
          "Sub",
          "Mul",
          "Div");

  private WorkCount() {}

  /** A convolution with one filter a channel is bound by memory, not by arithmetic. */
  static LayerKind kind(Operands in, LayerKind listed) {
    if (!in.node().getOpType().equals("Conv")) {
      return listed;
    }
    long group = in.integer("group", 1);
    return group > 1 && group == in.dims(0).get(1) ? LayerKind.DEPTHWISE : listed;
  }

  /**
   * @param fresh whether input i is a weight that no earlier layer has counted
   */
  static Work of(Operands in, List<Value> outputs, Set<Integer> fresh) {
    long parameters = 0;
    long parameterBytes = 0;
    long activationBytes = outputs.get(0).bytes();
    for (int i = 0; i < in.inputs().size(); i++) {
      Optional<Value> input = in.inputs().get(i);
      if (input.isEmpty()) {
        continue;
      }
      if (input.get().live()) {
        activationBytes += input.get().bytes();
      } else if (input.get().real() && LEARNED.contains(in.node().getOpType())) {
        parameterBytes += input.get().bytes();
        parameters += fresh.contains(i) && !isStatistic(in, i) ? input.get().elements() : 0;
      }
    }
    return new Work(multiplyAccumulates(in, outputs), parameters, parameterBytes, activationBytes);
  }

  /** Running mean and variance of a batch normalisation are measured, not learned. */
  private static boolean isStatistic(Operands in, int input) {
    return in.node().getOpType().equals("BatchNormalization") && input >= 3;
  }

  private static long multiplyAccumulates(Operands in, List<Value> outputs) {
    long made = outputs.get(0).elements();
    return switch (in.node().getOpType()) {
      case "Conv" -> made * ViewRules.product(in.dims(1), 1, in.dims(1).size());
      // Every input element meets every weight of its channel.
      case "ConvTranspose" ->
          in.in(0).elements() * ViewRules.product(in.dims(1), 1, in.dims(1).size());
      case "Gemm" -> made * in.dims(0).get(in.integer("transA", 0) == 1 ? 0 : 1);
      case "MatMul" -> made * in.dims(0).get(in.dims(0).size() - 1);
      default -> 0;
    };
  }
}
