package io.cleave.policies.onnx;

import io.cleave.policies.graph.ReceptiveField;
import java.util.List;
import java.util.Optional;

/**
 * The windows of convolutions and pools, as far as an engine can be asked for a part of them: every
 * window must see at least one place that is no padding, and a pool no more padding than an engine
 * accepts.
 */
final class WindowFields {
  private WindowFields() {}

  /**
   * @param axis of the tensor, 2 or 3
   * @param count of windows along it
   */
  static Optional<ReceptiveField> along(Operands in, int axis, long count) {
    int place = axis - 2;
    boolean pool = !in.node().getOpType().equals("Conv");
    List<Long> kernels =
        pool ? in.integers("kernel_shape").orElseThrow() : in.dims(1).subList(2, 4);
    long kernel = kernels.get(place);
    long stride = WindowRules.list(in, "strides", 2, 1).get(place);
    long dilation = WindowRules.list(in, "dilations", 2, 1).get(place);
    long length = in.dims(0).get(axis);
    long reach = (kernel - 1) * dilation + 1;
    String auto = in.string("auto_pad", "NOTSET");
    if (pool && auto.startsWith("SAME") && dilation > 1) {
      return Optional.empty(); // engines differ
    }
    List<Long> pads = WindowRules.list(in, "pads", 4, 0);
    long before =
        switch (auto) {
          case "NOTSET" -> pads.get(place);
          case "SAME_UPPER" -> Math.max(0, (count - 1) * stride + reach - length) / 2;
          case "SAME_LOWER" -> (Math.max(0, (count - 1) * stride + reach - length) + 1) / 2;
          default -> 0;
        };
    long after = (count - 1) * stride - before + reach - length;
    long most = pool ? kernel : reach;
    if (before >= most || after >= most || uncounted(in, auto, pads.get(place + 2), after)) {
      return Optional.empty();
    }
    return Optional.of(new ReceptiveField.Sliding(kernel, dilation, stride, before));
  }

  /** Beyond what was added behind, a window that is rounded up counts nothing. */
  private static boolean uncounted(Operands in, String auto, long behind, long after) {
    return in.node().getOpType().equals("AveragePool")
        && in.integer("count_include_pad", 0) == 1
        && auto.equals("NOTSET")
        && after > behind;
  }
}
