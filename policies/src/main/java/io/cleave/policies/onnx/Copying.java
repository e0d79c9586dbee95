package io.cleave.policies.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes operators that only move elements, on small constants of one axis, as shapes are. */
final class Copying {
  private Copying() {}

  /** Elements of the output; empty if the operator or the number of axes is beyond this. */
  static Optional<List<Double>> content(Operands in, Value out) {
    return switch (in.node().getOpType()) {
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> Optional.of(in.numbers(0));
      case "Concat" -> in.dims(0).size() == 1 ? Optional.of(concat(in)) : Optional.empty();
      case "Gather" -> in.dims(0).size() == 1 ? Optional.of(gather(in)) : Optional.empty();
      case "Slice" -> in.dims(0).size() == 1 ? Optional.of(slice(in, out)) : Optional.empty();
      case "Transpose" -> in.dims(0).size() <= 1 ? Optional.of(in.numbers(0)) : Optional.empty();
      case "Expand", "Tile" ->
          in.in(0).elements() == 1 ? Optional.of(repeat(in, out)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static List<Double> concat(Operands in) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < in.inputs().size(); i++) {
      all.addAll(in.numbers(i));
    }
    return all;
  }

  private static List<Double> gather(Operands in) {
    List<Double> from = in.numbers(0);
    List<Double> taken = new ArrayList<>();
    for (long index : in.integers(1)) {
      long place = index < 0 ? index + from.size() : index;
      if (place < 0 || place >= from.size()) {
        throw in.wrong("takes element %d of %d".formatted(index, from.size()));
      }
      taken.add(from.get((int) place));
    }
    return taken;
  }

  private static List<Double> slice(Operands in, Value out) {
    List<Double> from = in.numbers(0);
    long start = (in.has(1) ? in.integers(1) : in.integers("starts").orElse(List.of(0L))).get(0);
    long step = in.has(4) ? in.integers(4).get(0) : 1;
    long first = Slices.first(start, step, from.size());
    List<Double> taken = new ArrayList<>();
    for (long i = 0; i < out.elements(); i++) {
      taken.add(from.get((int) (first + i * step)));
    }
    return taken;
  }

  private static List<Double> repeat(Operands in, Value out) {
    return java.util.Collections.nCopies((int) out.elements(), in.numbers(0).get(0));
  }
}
