package io.cleave.policies.onnx;

import io.cleave.policies.graph.LayerKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A supported operator of the ONNX standard.
 *
 * @param kind what bounds its time
 * @param rule how its outputs follow from its inputs
 */
record Operator(LayerKind kind, ShapeRule rule) {
  private static final Map<String, Operator> KNOWN = known();

  /** Empty if the operator is not supported. */
  static Optional<Operator> of(String domain, String name) {
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    return standard ? Optional.ofNullable(KNOWN.get(name)) : Optional.empty();
  }

  private static Map<String, Operator> known() {
    Map<String, Operator> all = new HashMap<>();
    put(all, LayerKind.CONVOLUTION, WindowRules::conv, "Conv");
    put(all, LayerKind.CONVOLUTION, WindowRules::convTranspose, "ConvTranspose");
    put(all, LayerKind.FULLY_CONNECTED, MatrixRules::gemm, "Gemm");
    put(all, LayerKind.FULLY_CONNECTED, MatrixRules::matMul, "MatMul");
    put(all, LayerKind.POOL, WindowRules::pool, "MaxPool", "AveragePool", "LpPool");
    put(
        all,
        LayerKind.POOL,
        WindowRules::globalPool,
        "GlobalAveragePool",
        "GlobalMaxPool",
        "GlobalLpPool");
    elementwise(all);
    moves(all);
    put(all, LayerKind.VIEW, ViewRules::reshape, "Reshape");
    put(all, LayerKind.VIEW, ViewRules::flatten, "Flatten");
    put(all, LayerKind.VIEW, ViewRules::squeeze, "Squeeze");
    put(all, LayerKind.VIEW, ViewRules::unsqueeze, "Unsqueeze");
    put(all, LayerKind.VIEW, ViewRules::shape, "Shape");
    put(all, LayerKind.VIEW, ViewRules::size, "Size");
    put(all, LayerKind.VIEW, ElementwiseRules::same, "Identity");
    put(all, LayerKind.VIEW, ElementwiseRules::dropout, "Dropout");
    return Map.copyOf(all);
  }

  private static void elementwise(Map<String, Operator> all) {
    LayerKind kind = LayerKind.ELEMENTWISE;
    put(all, kind, ElementwiseRules::same, "Relu", "LeakyRelu", "PRelu", "Elu", "Celu", "Selu");
    put(all, kind, ElementwiseRules::same, "ThresholdedRelu", "Clip", "Sigmoid", "HardSigmoid");
    put(all, kind, ElementwiseRules::same, "HardSwish", "Mish", "Gelu", "Softplus", "Softsign");
    put(all, kind, ElementwiseRules::same, "Tanh", "Softmax", "LogSoftmax", "Hardmax", "LRN");
    put(all, kind, ElementwiseRules::same, "Abs", "Neg", "Exp", "Log", "Sqrt", "Reciprocal");
    put(all, kind, ElementwiseRules::same, "Floor", "Ceil", "Round", "Sign", "Erf", "Sin", "Cos");
    put(all, kind, ElementwiseRules::same, "Not", "Shrink", "LpNormalization", "CumSum");
    put(all, kind, ElementwiseRules::same, "MeanVarianceNormalization", "InstanceNormalization");
    put(all, kind, ElementwiseRules::same, "GroupNormalization");
    put(all, kind, ElementwiseRules::layerNormalization, "LayerNormalization");
    put(all, kind, ElementwiseRules::batchNormalization, "BatchNormalization");
    put(all, kind, ElementwiseRules::broadcast, "Add", "Sub", "Mul", "Div", "Pow", "Mod");
    put(all, kind, ElementwiseRules::broadcast, "Min", "Max", "Sum", "Mean", "And", "Or", "Xor");
    put(all, kind, ElementwiseRules::compare, "Equal", "Greater", "Less");
    put(all, kind, ElementwiseRules::compare, "GreaterOrEqual", "LessOrEqual");
    put(all, kind, ElementwiseRules::where, "Where");
    put(all, kind, ElementwiseRules::cast, "Cast");
    put(all, kind, ElementwiseRules::castLike, "CastLike");
    put(all, kind, ReduceRules::reduce, "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin");
    put(all, kind, ReduceRules::reduce, "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare");
    put(all, kind, ReduceRules::reduce, "ReduceLogSum", "ReduceLogSumExp");
    put(all, kind, ReduceRules::argReduce, "ArgMax", "ArgMin");
  }

  private static void moves(Map<String, Operator> all) {
    LayerKind kind = LayerKind.MOVE;
    put(all, kind, MoveRules::concat, "Concat");
    put(all, kind, MoveRules::transpose, "Transpose");
    put(all, kind, MoveRules::pad, "Pad");
    put(all, kind, MoveRules::slice, "Slice");
    put(all, kind, MoveRules::split, "Split");
    put(all, kind, MoveRules::gather, "Gather");
    put(all, kind, MoveRules::expand, "Expand");
    put(all, kind, MoveRules::tile, "Tile");
    put(all, kind, MoveRules::resize, "Resize", "Upsample");
    put(all, kind, MoveRules::depthToSpace, "DepthToSpace");
    put(all, kind, MoveRules::spaceToDepth, "SpaceToDepth");
  }

  private static void put(
      Map<String, Operator> all, LayerKind kind, ShapeRule rule, String... names) {
    for (String name : names) {
      all.put(name, new Operator(kind, rule));
    }
  }
}
