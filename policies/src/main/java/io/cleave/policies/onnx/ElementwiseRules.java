package io.cleave.policies.onnx;

import io.cleave.policies.graph.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shapes of operators that work element by element, and of normalisations. */
final class ElementwiseRules {
  private ElementwiseRules() {}

  /** One output like the first input. */
  static List<Value> same(Operands in) {
    return List.of(Value.live(in.type(0), in.dims(0)));
  }

  /** One output as large as all inputs broadcast together, of the first one's type. */
  static List<Value> broadcast(Operands in) {
    return List.of(Value.live(in.type(0), broadcastAll(in)));
  }

  /** A comparison: broadcast, and the answer is true or false. */
  static List<Value> compare(Operands in) {
    return List.of(Value.live(ElementType.BOOL, broadcastAll(in)));
  }

  /** Where: the condition broadcasts too, the type is that of the values. */
  static List<Value> where(Operands in) {
    return List.of(Value.live(in.type(1), broadcastAll(in)));
  }

  /** Layer normalisation; mean and deviation, if asked for, keep the axes before the first one. */
  static List<Value> layerNormalization(Operands in) {
    List<Long> x = in.dims(0);
    int axis = in.axis(in.integer("axis", -1), x.size());
    List<Long> told = new ArrayList<>(x.subList(0, axis));
    told.addAll(Collections.nCopies(x.size() - axis, 1L));
    Value statistic = Value.live(ElementType.FLOAT32, told);
    return List.of(Value.live(in.type(0), x), statistic, statistic);
  }

  static List<Value> cast(Operands in) {
    int to = (int) in.integer("to", 0);
    ElementType type =
        ElementTypes.of(to)
            .orElseThrow(
                () -> in.wrong("casts to element type %d, which is no number".formatted(to)));
    return List.of(Value.live(type, in.dims(0)));
  }

  static List<Value> castLike(Operands in) {
    return List.of(Value.live(in.type(1), in.dims(0)));
  }

  /** Batch normalisation; refuses training mode, whose answers depend on batch neighbours. */
  static List<Value> batchNormalization(Operands in) {
    boolean training = in.integer("training_mode", 0) != 0;
    long outputs = in.node().getOutputList().stream().filter(name -> !name.isEmpty()).count();
    if (training || outputs > 1) {
      throw in.wrong(
          "is in training mode: a sample's answer would depend on its batch neighbours. Maybe export the model in inference mode");
    }
    return same(in);
  }

  /** Dropout; refuses an active one. The optional mask has the input's shape. */
  static List<Value> dropout(Operands in) {
    boolean active = in.has(2) && !(in.in(2).content().isPresent() && in.numbers(2).get(0) == 0);
    if (active || in.integer("is_test", 1) == 0) {
      throw in.wrong(
          "is in training mode: answers would be random. Maybe export the model in inference mode");
    }
    return List.of(Value.live(in.type(0), in.dims(0)), Value.live(ElementType.BOOL, in.dims(0)));
  }

  private static List<Long> broadcastAll(Operands in) {
    List<Long> out = in.dims(0);
    for (int i = 1; i < in.inputs().size(); i++) {
      out = broadcast(in, out, in.dims(i));
    }
    return out;
  }

  static List<Long> broadcast(Operands in, List<Long> a, List<Long> b) {
    int rank = Math.max(a.size(), b.size());
    List<Long> out = new ArrayList<>(Collections.nCopies(rank, 1L));
    for (int i = 1; i <= rank; i++) {
      long left = i <= a.size() ? a.get(a.size() - i) : 1;
      long right = i <= b.size() ? b.get(b.size() - i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw in.wrong("joins %s and %s, which do not broadcast".formatted(a, b));
      }
      out.set(rank - i, left == 1 ? right : left);
    }
    return out;
  }
}
