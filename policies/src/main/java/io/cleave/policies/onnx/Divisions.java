package io.cleave.policies.onnx;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.onnx.Inference.LiveNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds out how an operator can be divided into pieces. What is not listed here, or does not look
 * as expected, stays in one piece.
 */
final class Divisions {
  /** Element by element, constants as broadcast operands. */
  static final Set<String> POINTWISE =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Celu",
          "Selu",
          "Clip",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Softplus",
          "Softsign",
          "Tanh",
          "Abs",
          "Neg",
          "Exp",
          "Sqrt",
          "Sign",
          "Round",
          "Identity",
          "Dropout",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Max",
          "Min",
          "Sum",
          "Mean");

  private static final int IMAGE_AXES = 4;
  private static final int CHANNELS = 1;
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final OptionalInt CHANNEL_SUMS = OptionalInt.of(CHANNELS);

  private Divisions() {}

  static Division of(LiveNode live) {
    Operands in = live.operands();
    Value out = live.outputs().get(0);
    boolean oneOutput =
        live.node().getOutputList().stream().filter(name -> !name.isEmpty()).count() == 1;
    boolean floats =
        in.inputs().stream()
            .flatMap(Optional::stream)
            .filter(Value::live)
            .allMatch(Divisions::usable);
    if (!oneOutput || !floats || !usable(out)) {
      return Division.NONE;
    }
    List<Long> made = out.dims().orElseThrow();
    return switch (live.node().getOpType()) {
      case "Conv" -> onlyFirstLives(in) ? convolution(in, made) : Division.NONE;
      case "MaxPool", "AveragePool" -> new Division(windows(in, made, ReceptiveField.POINT));
      case "Gemm" -> gemm(in);
      case "MatMul" -> matMul(in, made);
      case "BatchNormalization" ->
          onlyFirstLives(in) && made.size() == IMAGE_AXES ? pointwise(CHANNELS) : Division.NONE;
      case "LRN" ->
          onlyFirstLives(in) && made.size() == IMAGE_AXES ? pointwise(HEIGHT) : Division.NONE;
      case "Concat" -> concat(in, made);
      case "SpaceToDepth" -> squares(in);
      default -> POINTWISE.contains(live.node().getOpType()) ? pointwise(in, made) : Division.NONE;
    };
  }

  private static boolean usable(Value value) {
    return value.type().equals(Optional.of(ElementType.FLOAT32)) && value.dims().isPresent();
  }

  private static boolean onlyFirstLives(Operands in) {
    for (int i = 1; i < in.inputs().size(); i++) {
      if (in.has(i) && in.in(i).live()) {
        return false;
      }
    }
    return in.in(0).live();
  }

  /** Along all axes of an image from this one on. */
  private static Division pointwise(int first) {
    Map<Integer, ReceptiveField> fields = new HashMap<>();
    for (int axis = first; axis <= WIDTH; axis++) {
      fields.put(axis, ReceptiveField.POINT);
    }
    return new Division(fields);
  }

  /** Squares that lie side by side become channels. */
  private static Division squares(Operands in) {
    long side = in.integer("blocksize", 1);
    ReceptiveField field = new ReceptiveField.Sliding(side, 1, side, 0);
    return new Division(Map.of(HEIGHT, field, WIDTH, field));
  }

  /** Of a grouped convolution each group has channels of its own: these stay together. */
  private static Division convolution(Operands in, List<Long> made) {
    Map<Integer, ReceptiveField> fields = windows(in, made, ReceptiveField.EVERYTHING);
    if (in.integer("group", 1) != 1) {
      fields.remove(CHANNELS);
      return new Division(fields);
    }
    return new Division(fields, fields.isEmpty() ? OptionalInt.empty() : CHANNEL_SUMS);
  }

  /** What each axis needs; nothing if it is no image, or its windows are unknown. */
  private static Map<Integer, ReceptiveField> windows(
      Operands in, List<Long> made, ReceptiveField channels) {
    Map<Integer, ReceptiveField> fields = new HashMap<>();
    if (made.size() != IMAGE_AXES) {
      return fields;
    }
    fields.put(CHANNELS, channels);
    for (int axis = HEIGHT; axis <= WIDTH; axis++) {
      Optional<ReceptiveField> field = WindowFields.along(in, axis, made.get(axis));
      if (field.isEmpty()) {
        return new HashMap<>();
      }
      fields.put(axis, field.get());
    }
    return fields;
  }

  /** Neurons need all of the input, and their own rows of the weights; or they are sums over it. */
  private static Division gemm(Operands in) {
    return onlyFirstLives(in) && in.integer("transA", 0) == 0
        ? new Division(Map.of(CHANNELS, ReceptiveField.EVERYTHING), CHANNEL_SUMS)
        : Division.NONE;
  }

  /** Columns of the weights are neurons; rows of the input are independent of each other. */
  private static Division matMul(Operands in, List<Long> made) {
    int rank = made.size();
    if (!onlyFirstLives(in) || in.dims(1).size() != 2 || in.dims(0).size() != rank) {
      return Division.NONE;
    }
    Map<Integer, ReceptiveField> fields = new HashMap<>();
    for (int axis = 1; axis < rank; axis++) {
      fields.put(axis, axis == rank - 1 ? ReceptiveField.EVERYTHING : ReceptiveField.POINT);
    }
    return new Division(fields, OptionalInt.of(rank - 1));
  }

  /** Channels behind channels. */
  private static Division concat(Operands in, List<Long> made) {
    boolean alive = in.inputs().stream().allMatch(input -> input.filter(Value::live).isPresent());
    boolean channels = made.size() == IMAGE_AXES && in.axis(in.integer("axis", 1), IMAGE_AXES) == 1;
    return alive && channels ? pointwise(HEIGHT) : Division.NONE;
  }

  private static Division pointwise(Operands in, List<Long> made) {
    Map<Integer, ReceptiveField> fields = new HashMap<>();
    for (int axis = 1; axis < made.size(); axis++) {
      if (fits(in, made, axis)) {
        fields.put(axis, ReceptiveField.POINT);
      }
    }
    return new Division(fields);
  }

  /** Live operands have the whole axis; constants have it, or are the same all along it. */
  private static boolean fits(Operands in, List<Long> made, int axis) {
    for (Optional<Value> operand : in.inputs()) {
      if (operand.isEmpty()) {
        continue;
      }
      if (operand.get().dims().isEmpty()) {
        return false;
      }
      List<Long> dims = operand.get().dims().get();
      int place = axis - (made.size() - dims.size());
      long length = place < 0 ? 1 : dims.get(place);
      boolean whole = length == made.get(axis);
      if (operand.get().live() ? !whole || dims.size() != made.size() : !whole && length != 1) {
        return false;
      }
    }
    return true;
  }
}
