package io.cleave.policies.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shapes of operators that slide a window over the map: convolutions and pools. */
final class WindowRules {
  private WindowRules() {}

  /** Convolution, N x C x spatial with weights M x C/group x kernel. */
  static List<Value> conv(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> w = in.dims(1);
    long group = in.integer("group", 1);
    if (x.size() < 3 || w.size() != x.size()) {
      throw in.wrong("has an input %s that does not fit its weights %s".formatted(x, w));
    }
    if (x.get(1) != w.get(1) * group || w.get(0) % group != 0) {
      throw in.wrong(
          "has %d input channels, but weights %s in %d groups".formatted(x.get(1), w, group));
    }
    List<Long> out = new ArrayList<>(List.of(x.get(0), w.get(0)));
    out.addAll(windows(in, x, w.subList(2, w.size()), false));
    return List.of(Value.live(in.type(0), out));
  }

  /** Transposed convolution, weights C x M/group x kernel. */
  static List<Value> convTranspose(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> w = in.dims(1);
    int spatial = x.size() - 2;
    if (spatial < 1 || w.size() != x.size() || !x.get(1).equals(w.get(0))) {
      throw in.wrong("has an input %s that does not fit its weights %s".formatted(x, w));
    }
    List<Long> out = new ArrayList<>(List.of(x.get(0), w.get(1) * in.integer("group", 1)));
    List<Long> given = in.integers("output_shape").orElse(List.of());
    List<Long> strides = list(in, "strides", spatial, 1);
    List<Long> dilations = list(in, "dilations", spatial, 1);
    List<Long> extra = list(in, "output_padding", spatial, 0);
    List<Long> pads = list(in, "pads", 2 * spatial, 0);
    boolean same = in.string("auto_pad", "NOTSET").startsWith("SAME");
    for (int i = 0; i < spatial; i++) {
      long reach = (w.get(i + 2) - 1) * dilations.get(i) + 1;
      long free =
          strides.get(i) * (x.get(i + 2) - 1)
              + extra.get(i)
              + reach
              - pads.get(i)
              - pads.get(i + spatial);
      long size = same ? x.get(i + 2) * strides.get(i) : free;
      out.add(given.isEmpty() ? size : given.get(given.size() - spatial + i));
    }
    return List.of(Value.live(in.type(0), out));
  }

  /** Max, average or Lp pool; the optional second output of a max pool has the same shape. */
  static List<Value> pool(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> kernel =
        in.integers("kernel_shape").orElseThrow(() -> in.wrong("lacks its kernel_shape"));
    if (x.size() != kernel.size() + 2) {
      throw in.wrong("has an input %s that does not fit its window %s".formatted(x, kernel));
    }
    List<Long> out = new ArrayList<>(x.subList(0, 2));
    out.addAll(windows(in, x, kernel, in.integer("ceil_mode", 0) == 1));
    return List.of(
        Value.live(in.type(0), out), Value.live(io.cleave.policies.graph.ElementType.INT64, out));
  }

  /** Global pool: every spatial axis becomes 1. */
  static List<Value> globalPool(Operands in) {
    List<Long> out = new ArrayList<>(in.dims(0));
    for (int i = 2; i < out.size(); i++) {
      out.set(i, 1L);
    }
    return List.of(Value.live(in.type(0), out));
  }

  private static List<Long> windows(Operands in, List<Long> x, List<Long> kernel, boolean ceiling) {
    int spatial = kernel.size();
    List<Long> strides = list(in, "strides", spatial, 1);
    List<Long> dilations = list(in, "dilations", spatial, 1);
    List<Long> pads = list(in, "pads", 2 * spatial, 0);
    String auto = in.string("auto_pad", "NOTSET");
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < spatial; i++) {
      long size = x.get(i + 2);
      long stride = strides.get(i);
      long reach = (kernel.get(i) - 1) * dilations.get(i) + 1;
      long before = auto.equals("NOTSET") ? pads.get(i) : 0;
      long after = auto.equals("NOTSET") ? pads.get(i + spatial) : 0;
      long count =
          auto.startsWith("SAME")
              ? Math.floorDiv(size + stride - 1, stride)
              : count(size, before, after, reach, stride, ceiling);
      if (stride < 1 || count < 1) {
        throw in.wrong(
            "has a window of %d on an axis of %d: nothing is left. Maybe the input is too small"
                .formatted(reach, size));
      }
      sizes.add(count);
    }
    return sizes;
  }

  /** With ceiling, a last window that would start in the padding behind is dropped. */
  private static long count(
      long size, long before, long after, long reach, long stride, boolean ceiling) {
    long free = size + before + after - reach;
    if (free < 0 || stride < 1) {
      return 0;
    }
    long count = (ceiling ? -Math.floorDiv(-free, stride) : free / stride) + 1;
    return ceiling && (count - 1) * stride >= size + before ? count - 1 : count;
  }

  static List<Long> list(Operands in, String name, int length, long otherwise) {
    List<Long> given = in.integers(name).orElse(List.of());
    if (given.isEmpty()) {
      return Collections.nCopies(length, otherwise);
    }
    if (given.size() != length) {
      throw in.wrong("has %s of length %d, not %d".formatted(name, given.size(), length));
    }
    return given;
  }
}
