package io.cleave.policies.onnx;

import io.cleave.policies.graph.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Shapes of reductions over axes. */
final class ReduceRules {
  private ReduceRules() {}

  static List<Value> reduce(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> axes = ViewRules.axes(in);
    if (axes.isEmpty() && in.integer("noop_with_empty_axes", 0) == 1) {
      return ElementwiseRules.same(in);
    }
    return List.of(Value.live(in.type(0), without(in, x, axes)));
  }

  static List<Value> argReduce(Operands in) {
    return List.of(
        Value.live(ElementType.INT64, without(in, in.dims(0), List.of(in.integer("axis", 0)))));
  }

  private static List<Long> without(Operands in, List<Long> x, List<Long> axes) {
    boolean keep = in.integer("keepdims", 1) == 1;
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      int place = i;
      boolean reduced =
          axes.isEmpty() || axes.stream().anyMatch(a -> in.axis(a, x.size()) == place);
      if (!reduced) {
        out.add(x.get(i));
      } else if (keep) {
        out.add(1L);
      }
    }
    return out;
  }
}
