package io.cleave.policies.onnx;

import io.cleave.policies.graph.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Shapes of operators that look at the same elements in another shape. */
final class ViewRules {
  private ViewRules() {}

  static List<Value> reshape(Operands in) {
    List<Long> from = in.dims(0);
    List<Long> to =
        new ArrayList<>(in.has(1) ? in.integers(1) : in.integers("shape").orElse(List.of()));
    boolean zeroMeansCopy = in.integer("allowzero", 0) == 0;
    long known = 1;
    int open = -1;
    for (int i = 0; i < to.size(); i++) {
      if (to.get(i) == 0 && zeroMeansCopy && i < from.size()) {
        to.set(i, from.get(i));
      }
      if (to.get(i) == -1) {
        open = i;
      } else {
        known *= to.get(i);
      }
    }
    long elements = product(from, 0, from.size());
    if (open >= 0 && known > 0) {
      to.set(open, elements / known);
    }
    if (product(to, 0, to.size()) != elements) {
      throw in.wrong(
          "reshapes %s into %s, which has another number of elements".formatted(from, to));
    }
    return List.of(Value.live(in.type(0), to));
  }

  static List<Value> flatten(Operands in) {
    List<Long> x = in.dims(0);
    int axis = in.axis(in.integer("axis", 1), x.size());
    return List.of(
        Value.live(in.type(0), List.of(product(x, 0, axis), product(x, axis, x.size()))));
  }

  static List<Value> squeeze(Operands in) {
    List<Long> x = in.dims(0);
    List<Long> axes = axes(in);
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      int place = i;
      boolean named = axes.stream().anyMatch(axis -> in.axis(axis, x.size()) == place);
      if (named && x.get(i) != 1) {
        throw in.wrong("squeezes axis %d of %s, which is not 1".formatted(i, x));
      }
      if (!(axes.isEmpty() ? x.get(i) == 1 : named)) {
        out.add(x.get(i));
      }
    }
    return List.of(Value.live(in.type(0), out));
  }

  static List<Value> unsqueeze(Operands in) {
    List<Long> out = new ArrayList<>(in.dims(0));
    int rank = out.size() + axes(in).size();
    TreeSet<Integer> places = new TreeSet<>();
    axes(in).forEach(axis -> places.add(in.axis(axis, rank)));
    places.forEach(place -> out.add(Math.min(place, out.size()), 1L));
    return List.of(Value.live(in.type(0), out));
  }

  /** The shape of the first input, a constant once sizes are given. */
  static List<Value> shape(Operands in) {
    List<Long> x = in.dims(0);
    int start = clamp(in.integer("start", 0), x.size());
    int end = clamp(in.integer("end", x.size()), x.size());
    return List.of(Value.integers(x.subList(start, Math.max(start, end))));
  }

  /** The number of elements of the first input. */
  static List<Value> size(Operands in) {
    double elements = product(in.dims(0), 0, in.dims(0).size());
    return List.of(Value.constant(ElementType.INT64, List.of(), List.of(elements)));
  }

  /** Axes from the second input (newer operator sets) or the attribute. */
  static List<Long> axes(Operands in) {
    return in.has(1) ? in.integers(1) : in.integers("axes").orElse(List.of());
  }

  static long product(List<Long> dims, int from, int to) {
    return dims.subList(from, to).stream()
        .mapToLong(Long::longValue)
        .reduce(1, Math::multiplyExact);
  }

  private static int clamp(long place, int rank) {
    return (int) Math.max(0, Math.min(rank, place < 0 ? place + rank : place));
  }
}
