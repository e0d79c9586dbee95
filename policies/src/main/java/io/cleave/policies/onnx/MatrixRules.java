package io.cleave.policies.onnx;

import java.util.ArrayList;
import java.util.List;

/** Shapes of matrix products. */
final class MatrixRules {
  private MatrixRules() {}

  /** Gemm: A' (M x K) times B' (K x N). */
  static List<Value> gemm(Operands in) {
    List<Long> a = in.dims(0);
    List<Long> b = in.dims(1);
    if (a.size() != 2 || b.size() != 2) {
      throw in.wrong("multiplies %s by %s, which are no matrices".formatted(a, b));
    }
    boolean turnA = in.integer("transA", 0) == 1;
    boolean turnB = in.integer("transB", 0) == 1;
    long innerA = a.get(turnA ? 0 : 1);
    long innerB = b.get(turnB ? 1 : 0);
    if (innerA != innerB) {
      throw in.wrong("multiplies %s by %s, which do not fit".formatted(a, b));
    }
    return List.of(Value.live(in.type(0), List.of(a.get(turnA ? 1 : 0), b.get(turnB ? 0 : 1))));
  }

  /** MatMul with broadcast of the leading axes; a vector counts as a row or a column. */
  static List<Value> matMul(Operands in) {
    List<Long> a = new ArrayList<>(in.dims(0));
    List<Long> b = new ArrayList<>(in.dims(1));
    boolean rowVector = a.size() == 1;
    boolean columnVector = b.size() == 1;
    if (rowVector) {
      a.add(0, 1L);
    }
    if (columnVector) {
      b.add(1L);
    }
    if (a.size() < 2 || b.size() < 2 || !a.get(a.size() - 1).equals(b.get(b.size() - 2))) {
      throw in.wrong("multiplies %s by %s, which do not fit".formatted(in.dims(0), in.dims(1)));
    }
    List<Long> out =
        new ArrayList<>(
            ElementwiseRules.broadcast(in, a.subList(0, a.size() - 2), b.subList(0, b.size() - 2)));
    if (!rowVector) {
      out.add(a.get(a.size() - 2));
    }
    if (!columnVector) {
      out.add(b.get(b.size() - 1));
    }
    return List.of(Value.live(in.type(0), out));
  }
}
