package io.cleave.policies.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shapes of operators that copy elements to other places. */
final class MoveRules {
  private MoveRules() {}

  static List<Value> concat(Operands in) {
    List<Long> out = new ArrayList<>(in.dims(0));
    int axis = in.axis(in.integer("axis", 1), out.size());
    for (int i = 1; i < in.inputs().size(); i++) {
      List<Long> part = in.dims(i);
      for (int d = 0; d < out.size(); d++) {
        if (part.size() != out.size() || (d != axis && !part.get(d).equals(out.get(d)))) {
          throw in.wrong("joins %s and %s along axis %d".formatted(in.dims(0), part, axis));
        }
      }
      out.set(axis, out.get(axis) + part.get(axis));
    }
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> transpose(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> order = in.integers("perm").orElse(List.of());
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      out.add(x.get(order.isEmpty() ? x.size() - 1 - i : in.axis(order.get(i), x.size())));
    }
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> pad(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> pads =
        in.has(1)
            ? in.integers(1)
            : in.integers("pads").or(() -> in.integers("paddings")).orElse(List.of());
    List<Long> axes = new ArrayList<>(in.has(3) ? in.integers(3) : List.of());
    if (axes.isEmpty()) {
      for (long i = 0; i < x.size(); i++) {
        axes.add(i);
      }
    }
    if (pads.size() != 2 * axes.size()) {
      throw in.wrong("has %d pads for %d axes".formatted(pads.size(), axes.size()));
    }
    List<Long> out = new ArrayList<>(x);
    for (int i = 0; i < axes.size(); i++) {
      int axis = in.axis(axes.get(i), x.size());
      out.set(axis, x.get(axis) + pads.get(i) + pads.get(i + axes.size()));
    }
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> slice(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> starts = in.has(1) ? in.integers(1) : in.integers("starts").orElse(List.of());
    List<Long> ends = in.has(2) ? in.integers(2) : in.integers("ends").orElse(List.of());
    List<Long> axes = in.has(3) ? in.integers(3) : in.integers("axes").orElse(List.of());
    List<Long> out = new ArrayList<>(x);
    for (int i = 0; i < starts.size(); i++) {
      int axis = axes.isEmpty() ? i : in.axis(axes.get(i), x.size());
      long step = in.has(4) ? in.integers(4).get(i) : 1;
      out.set(axis, Slices.count(starts.get(i), ends.get(i), step, x.get(axis)));
    }
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> split(Operands in) {
    List<Long> x = in.dims(0);
    int axis = in.axis(in.integer("axis", 0), x.size());
    int parts = in.node().getOutputCount();
    List<Long> sizes =
        new ArrayList<>(in.has(1) ? in.integers(1) : in.integers("split").orElse(List.of()));
    if (sizes.isEmpty()) {
      long each = (x.get(axis) + parts - 1) / parts;
      for (int i = 0; i < parts; i++) {
        sizes.add(i < parts - 1 ? each : x.get(axis) - each * (parts - 1));
      }
    }
    List<Value> out = new ArrayList<>();
    for (long size : sizes) {
      List<Long> dims = new ArrayList<>(x);
      dims.set(axis, size);
      out.add(Value.live(in.type(0), dims));
    }
    return out;
  }

  static List<Value> gather(Operands in) {
    List<Long> x = in.dims(0);
    int axis = in.axis(in.integer("axis", 0), x.size());
    List<Long> out = new ArrayList<>(x.subList(0, axis));
    out.addAll(in.dims(1));
    out.addAll(x.subList(axis + 1, x.size()));
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> expand(Operands in) {
    return List.of(
        Value.live(in.type(0), ElementwiseRules.broadcast(in, in.dims(0), in.integers(1))));
  }

  static List<Value> tile(Operands in) {
    List<Long> out = new ArrayList<>(in.dims(0));
    List<Long> repeats = in.integers(1);
    for (int i = 0; i < out.size(); i++) {
      out.set(i, out.get(i) * repeats.get(i));
    }
    return List.of(Value.live(in.type(0), out));
  }

  /** Resize by sizes, or else by scales; since opset 11 a region of interest comes first. */
  static List<Value> resize(Operands in) {
    List<Long> x = in.dims(0);
    boolean old = in.node().getOpType().equals("Upsample") || in.opset() < 11;
    List<Long> axes = new ArrayList<>(in.integers("axes").orElse(List.of()));
    if (axes.isEmpty()) {
      for (long i = 0; i < x.size(); i++) {
        axes.add(i);
      }
    }
    List<Long> sizes = !old && in.has(3) ? in.integers(3) : List.of();
    List<Double> scales = sizes.isEmpty() ? scales(in, old) : Collections.nCopies(axes.size(), 1.0);
    if ((sizes.isEmpty() ? scales.size() : sizes.size()) != axes.size()) {
      throw in.wrong("has no size or scale for each of %d axes".formatted(axes.size()));
    }
    List<Long> out = new ArrayList<>(x);
    for (int i = 0; i < axes.size(); i++) {
      int axis = in.axis(axes.get(i), x.size());
      out.set(
          axis, sizes.isEmpty() ? (long) Math.floor(x.get(axis) * scales.get(i)) : sizes.get(i));
    }
    return List.of(Value.live(in.type(0), out));
  }

  private static List<Double> scales(Operands in, boolean old) {
    int place = old ? 1 : 2;
    return in.has(place)
        ? in.numbers(place)
        : in.attribute("scales")
            .map(a -> a.getFloatsList().stream().map(Float::doubleValue).toList())
            .orElse(List.of());
  }

  static List<Value> depthToSpace(Operands in) {
    List<Long> x = in.dims(0);
    long block = in.integer("blocksize", 1);
    return List.of(
        Value.live(
            in.type(0),
            List.of(x.get(0), x.get(1) / (block * block), x.get(2) * block, x.get(3) * block)));
  }

  static List<Value> spaceToDepth(Operands in) {
    List<Long> x = in.dims(0);
    long block = in.integer("blocksize", 1);
    return List.of(
        Value.live(
            in.type(0),
            List.of(x.get(0), x.get(1) * block * block, x.get(2) / block, x.get(3) / block)));
  }
}
