package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whole networks from a seed: convolutions with and without biases, batch normalisations,
 * activations, pools, residual blocks, an exit, and fully connected layers behind a flatten.
 */
final class RandomConvolutions {
  private final SplittableRandom random;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private long size = 12;

  private RandomConvolutions(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The input is 'x', 2 x 3 x 12 x 12. */
  static ModelProto of(long seed) {
    return new RandomConvolutions(seed).network();
  }

  private ModelProto network() {
    graph.addInput(Models.floats("x", 2, 3, size, size));
    Map3 last = block(new Map3("x", 3));
    int blocks = random.nextInt(1, 5);
    for (int i = 0; i < blocks; i++) {
      last =
          switch (random.nextInt(4)) {
            case 0 -> residual(last);
            case 1 -> pool(block(last));
            case 2 -> pool(last);
            default -> block(last);
          };
      if (random.nextInt(4) == 0) {
        answer(last, 4);
      }
    }
    answer(last, 10);
    return Models.model(graph);
  }

  /** A tensor of so many square maps. */
  private record Map3(String name, long channels) {}

  private Map3 block(Map3 x) {
    Map3 y = convolution(x, random.nextLong(2, 9), random.nextBoolean() ? 3 : 1);
    if (random.nextBoolean()) {
      y = normalised(y);
    }
    return random.nextInt(4) == 0 ? y : new Map3(activation(y.name()), y.channels());
  }

  private Map3 convolution(Map3 x, long filters, long kernel) {
    String w = "w" + graph.getNodeCount();
    graph.addInitializer(weight(w, filters, x.channels(), kernel, kernel));
    boolean biased = random.nextBoolean();
    if (biased) {
      graph.addInitializer(weight(w + "b", filters));
    }
    long pad = kernel / 2;
    String y =
        add(
            node("Conv", biased ? List.of(x.name(), w, w + "b") : List.of(x.name(), w))
                .addAttribute(Models.integers("kernel_shape", kernel, kernel))
                .addAttribute(Models.integers("pads", pad, pad, pad, pad)));
    return new Map3(y, filters);
  }

  private Map3 normalised(Map3 x) {
    String w = "w" + graph.getNodeCount();
    List.of("scale", "shift", "mean")
        .forEach(part -> graph.addInitializer(weight(w + part, x.channels())));
    TensorProto.Builder variance =
        TensorProto.newBuilder()
            .setName(w + "variance")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(x.channels());
    for (long i = 0; i < x.channels(); i++) {
      variance.addFloatData(0.5f + random.nextInt(4));
    }
    graph.addInitializer(variance);
    return new Map3(
        add(
            node(
                "BatchNormalization",
                List.of(x.name(), w + "scale", w + "shift", w + "mean", w + "variance"))),
        x.channels());
  }

  private String activation(String x) {
    return switch (random.nextInt(4)) {
      case 0 -> add(node("LeakyRelu", List.of(x)).addAttribute(Attributes.number("alpha", 0.2f)));
      case 1 -> add(node("Tanh", List.of(x)));
      case 2 -> {
        String w = "w" + graph.getNodeCount();
        graph
            .addInitializer(Weight.scalar(w + "low", 0).bare())
            .addInitializer(Weight.scalar(w + "high", 0.9f).bare());
        yield add(node("Clip", List.of(x, w + "low", w + "high")));
      }
      default -> add(node("Relu", List.of(x)));
    };
  }

  private Map3 pool(Map3 x) {
    if (size < 4) {
      return x;
    }
    size /= 2;
    return new Map3(
        add(
            node(random.nextBoolean() ? "MaxPool" : "AveragePool", List.of(x.name()))
                .addAttribute(Models.integers("kernel_shape", 2L, 2L))
                .addAttribute(Models.integers("strides", 2L, 2L))),
        x.channels());
  }

  /** Two convolutions, of which the first alone can be pruned, or a projection beside them. */
  private Map3 residual(Map3 x) {
    boolean projected = random.nextBoolean();
    long channels = projected ? random.nextLong(2, 9) : x.channels();
    Map3 y = convolution(block(x), channels, 3);
    Map3 past = projected ? convolution(x, channels, 1) : x;
    return new Map3(activation(add(node("Add", List.of(y.name(), past.name())))), channels);
  }

  /** A flatten, maybe behind a global pool, and one or two fully connected layers. */
  private void answer(Map3 x, long classes) {
    boolean pooled = random.nextBoolean();
    String y = pooled ? add(node("GlobalAveragePool", List.of(x.name()))) : x.name();
    y = add(node("Flatten", List.of(y)));
    long inputs = x.channels() * (pooled ? 1 : size * size);
    if (random.nextBoolean()) {
      y = activation(dense(y, inputs, 7));
      inputs = 7;
    }
    y = dense(y, inputs, classes);
    graph.addOutput(Models.floats(y, 2, classes));
  }

  private String dense(String x, long inputs, long outputs) {
    String w = "w" + graph.getNodeCount();
    if (random.nextInt(3) == 0) {
      graph.addInitializer(weight(w, inputs, outputs));
      return add(node("MatMul", List.of(x, w)));
    }
    boolean turned = random.nextBoolean();
    graph
        .addInitializer(turned ? weight(w, outputs, inputs) : weight(w, inputs, outputs))
        .addInitializer(weight(w + "b", outputs));
    return add(
        node("Gemm", List.of(x, w, w + "b"))
            .addAttribute(Models.integer("transB", turned ? 1 : 0)));
  }

  private NodeProto.Builder node(String operator, List<String> inputs) {
    return Models.node(operator, inputs, "t" + graph.getNodeCount());
  }

  private String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  private TensorProto weight(String name, long... dims) {
    List<Long> sizes = java.util.Arrays.stream(dims).boxed().toList();
    return new Weight(name, sizes, 0.5, List.of()).filled(random.split());
  }
}
