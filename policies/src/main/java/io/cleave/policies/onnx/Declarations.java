package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes that a file declares, with its open axes filled in from given sizes. */
final class Declarations {
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Long> symbols = new HashMap<>();
  private final Map<String, ValueInfoProto> declared = new HashMap<>();

  private Declarations() {}

  /**
   * @throws ModelFormatException if an axis other than the batch is open and no size is given, or a
   *     given size contradicts the file
   */
  static Declarations of(GraphProto graph, Map<String, TensorShape> sizes) {
    Declarations declarations = new Declarations();
    Set<String> weights = new HashSet<>();
    graph.getInitializerList().forEach(weight -> weights.add(weight.getName()));
    List<String> names = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      // Old files list weights among the inputs.
      if (!weights.contains(input.getName())) {
        names.add(input.getName());
        declarations.addInput(input, Optional.ofNullable(sizes.get(input.getName())));
      }
    }
    for (String name : sizes.keySet()) {
      if (!names.contains(name)) {
        throw new ModelFormatException(
            "A size is given for '%s', but the inputs are %s.".formatted(name, names));
      }
    }
    if (names.isEmpty()) {
      throw new ModelFormatException("The model has no input.");
    }
    graph.getValueInfoList().forEach(info -> declarations.declared.put(info.getName(), info));
    graph.getOutputList().forEach(info -> declarations.declared.put(info.getName(), info));
    return declarations;
  }

  /** Graph inputs in the file's order, weights not among them. */
  Map<String, Value> inputs() {
    return inputs;
  }

  /** What the file declares of a tensor; empty if it leaves an axis open that no input names. */
  Optional<Value> tensor(String name) {
    ValueInfoProto info = declared.get(name);
    if (info == null || !info.getType().getTensorType().hasShape()) {
      return Optional.empty();
    }
    Optional<ElementType> type = ElementTypes.of(info.getType().getTensorType().getElemType());
    List<Long> dims = new ArrayList<>();
    for (Dimension dim : info.getType().getTensorType().getShape().getDimList()) {
      long size =
          dim.getDimValue() > 0 ? dim.getDimValue() : symbols.getOrDefault(dim.getDimParam(), 0L);
      if (size <= 0) {
        return Optional.empty();
      }
      dims.add(size);
    }
    return type.map(known -> Value.live(known, dims));
  }

  private void addInput(ValueInfoProto input, Optional<TensorShape> size) {
    String name = input.getName();
    if (!input.getType().hasTensorType()) {
      throw new ModelFormatException("The input '%s' is no tensor.".formatted(name));
    }
    ElementType type =
        ElementTypes.of(input.getType().getTensorType().getElemType())
            .orElseThrow(
                () -> new ModelFormatException("The input '%s' holds no numbers.".formatted(name)));
    List<Dimension> open = input.getType().getTensorType().getShape().getDimList();
    boolean ranked = input.getType().getTensorType().hasShape();
    if (!ranked && size.isEmpty()) {
      throw new ModelFormatException(
          ("The input '%s' declares no shape: give its size. Maybe --shape %s=1x3x224x224,"
                  + " or its inputs in an experiment file.")
              .formatted(name, name));
    }
    if (ranked && size.isPresent() && size.get().rank() != open.size()) {
      throw new ModelFormatException(
          "The size %s is given for input '%s', which has %d axes."
              .formatted(size.get(), name, open.size()));
    }
    List<Long> dims = ranked ? fill(name, open, size) : size.map(TensorShape::dims).orElseThrow();
    inputs.put(name, Value.live(type, dims));
  }

  private List<Long> fill(String name, List<Dimension> open, Optional<TensorShape> size) {
    List<Long> dims = new ArrayList<>();
    for (int axis = 0; axis < open.size(); axis++) {
      Dimension dim = open.get(axis);
      int place = axis;
      Optional<Long> given = size.map(shape -> shape.dim(place));
      boolean fixed = dim.getDimValue() > 0;
      if (fixed && given.isPresent() && given.get() != dim.getDimValue()) {
        throw new ModelFormatException(
            "The size %s is given for input '%s', whose axis %d is fixed to %d."
                .formatted(size.get(), name, axis, dim.getDimValue()));
      }
      if (!fixed && given.isEmpty() && axis > 0) {
        throw new ModelFormatException(
            ("The input '%s' has a dynamic axis %d%s: give its size. Maybe --shape %s=%s,"
                    + " or its inputs in an experiment file.")
                .formatted(name, axis, symbol(dim), name, example(open)));
      }
      dims.add(fixed ? dim.getDimValue() : given.orElse(1L));
      symbols.putIfAbsent(dim.getDimParam(), dims.get(axis));
    }
    symbols.remove("");
    return dims;
  }

  private static String symbol(Dimension dim) {
    return dim.getDimParam().isEmpty() ? "" : " (%s)".formatted(dim.getDimParam());
  }

  private static String example(List<Dimension> dims) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      long fixed = dims.get(i).getDimValue();
      parts.add(fixed > 0 ? String.valueOf(fixed) : i == 0 ? "1" : "320");
    }
    return String.join("x", parts);
  }
}
