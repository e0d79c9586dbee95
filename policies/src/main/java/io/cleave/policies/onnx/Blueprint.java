package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A network on the drawing board: operators and the sizes of their weights, without the weights.
 * Tensors are named by their operator; batch normalisation is folded into the convolutions, as
 * exports for inference do.
 */
final class Blueprint {
  /** The input tensor. */
  static final String INPUT = "input";

  private static final int IR_VERSION = 9;
  private static final int OPSET = 17;

  private record Size(long channels, long height, long width) {}

  private final String name;
  private final Map<String, Size> sizes = new LinkedHashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  Blueprint(String name, long channels, long height, long width) {
    this.name = name;
    sizes.put(INPUT, new Size(channels, height, width));
  }

  String conv(String x, long channels, Window window) {
    return conv(x, channels, window, 1);
  }

  /** A convolution followed by a rectifier, the usual pair. */
  String convRelu(String x, long channels, Window window) {
    return relu(conv(x, channels, window, 1));
  }

  /** One filter a channel. */
  String depthwise(String x, Window window) {
    long channels = size(x).channels();
    return conv(x, channels, window, channels);
  }

  private String conv(String x, long channels, Window window, long group) {
    String y = fresh("conv");
    long inputs = size(x).channels() / group;
    weights.add(
        Weight.kernel(y + ".weight", List.of(channels, inputs, window.height(), window.width())));
    weights.add(Weight.bias(y + ".bias", channels));
    node("Conv", y, List.of(x, y + ".weight", y + ".bias"))
        .addAttribute(Attributes.integers("kernel_shape", window.kernel()))
        .addAttribute(Attributes.integers("strides", window.strides()))
        .addAttribute(Attributes.integers("pads", window.pads()))
        .addAttribute(Attributes.integer("group", group));
    return made(y, slid(x, channels, window, false));
  }

  String relu(String x) {
    return elementwise("Relu", "relu", List.of(x));
  }

  /** The rectifier that stops at 6. */
  String relu6(String x) {
    if (weights.stream().noneMatch(weight -> weight.name().equals("zero"))) {
      weights.add(Weight.scalar("zero", 0));
      weights.add(Weight.scalar("six", 6));
    }
    String y = fresh("relu6_");
    node("Clip", y, List.of(x, "zero", "six"));
    return made(y, size(x));
  }

  String leakyRelu(String x) {
    String y = fresh("leaky");
    node("LeakyRelu", y, List.of(x)).addAttribute(Attributes.number("alpha", 0.1f));
    return made(y, size(x));
  }

  String add(String x, String y) {
    return elementwise("Add", "add", List.of(x, y));
  }

  /** Where a value is positive 1, where it is negative -1. */
  String sign(String x) {
    return elementwise("Sign", "sign", List.of(x));
  }

  /** The channels in equal parts, each a tensor of its own. */
  List<String> split(String x, int count) {
    Size size = size(x);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(fresh("part"));
      sizes.put(parts.get(i), new Size(size.channels() / count, size.height(), size.width()));
    }
    node("Split", parts.get(0), List.of(x))
        .clearOutput()
        .addAllOutput(parts)
        .addAttribute(Attributes.integer("axis", 1));
    nodes.add(pending.build());
    return parts;
  }

  /**
   * Tensors of one size as one, element by element.
   *
   * @param operator Max or Mean
   */
  String joined(String operator, List<String> parts) {
    return elementwise(operator, "joined", parts);
  }

  /** The same, as an output of the network: exit1, exit2 and so on. */
  void joinedExit(String operator, List<String> parts) {
    output(elementwise(operator, "exit", parts));
  }

  String maxPool(String x, Window window, boolean ceiling) {
    String y = fresh("pool");
    node("MaxPool", y, List.of(x))
        .addAttribute(Attributes.integers("kernel_shape", window.kernel()))
        .addAttribute(Attributes.integers("strides", window.strides()))
        .addAttribute(Attributes.integers("pads", window.pads()))
        .addAttribute(Attributes.integer("ceil_mode", ceiling ? 1 : 0));
    return made(y, slid(x, size(x).channels(), window, ceiling));
  }

  /** A max pool that keeps the size: window 2, stride 1, one row and column added behind. */
  String maxPoolKeepingSize(String x) {
    String y = fresh("pool");
    node("MaxPool", y, List.of(x))
        .addAttribute(Attributes.integers("kernel_shape", List.of(2L, 2L)))
        .addAttribute(Attributes.integers("strides", List.of(1L, 1L)))
        .addAttribute(Attributes.integers("pads", List.of(0L, 0L, 1L, 1L)));
    return made(y, size(x));
  }

  String averagePool(String x, Window window) {
    String y = fresh("average");
    node("AveragePool", y, List.of(x))
        .addAttribute(Attributes.integers("kernel_shape", window.kernel()))
        .addAttribute(Attributes.integers("strides", window.strides()))
        .addAttribute(Attributes.integers("pads", window.pads()));
    return made(y, slid(x, size(x).channels(), window, false));
  }

  String globalAveragePool(String x) {
    String y = fresh("average");
    node("GlobalAveragePool", y, List.of(x));
    return made(y, new Size(size(x).channels(), 1, 1));
  }

  String concat(String... parts) {
    String y = fresh("concat");
    node("Concat", y, List.of(parts)).addAttribute(Attributes.integer("axis", 1));
    long channels = 0;
    for (String part : parts) {
      channels += size(part).channels();
    }
    return made(y, new Size(channels, size(parts[0]).height(), size(parts[0]).width()));
  }

  /** Squares of so many by so many places become channels. */
  String spaceToDepth(String x, long block) {
    String y = fresh("depth");
    node("SpaceToDepth", y, List.of(x)).addAttribute(Attributes.integer("blocksize", block));
    Size size = size(x);
    return made(
        y, new Size(size.channels() * block * block, size.height() / block, size.width() / block));
  }

  String flatten(String x) {
    String y = fresh("flatten");
    node("Flatten", y, List.of(x)).addAttribute(Attributes.integer("axis", 1));
    Size size = size(x);
    return made(y, new Size(size.channels() * size.height() * size.width(), 1, 1));
  }

  /** A fully connected layer. */
  String dense(String x, long features) {
    return dense(x, features, fresh("fc"));
  }

  /** A fully connected layer whose answer is an output of the network: exit1, exit2 and so on. */
  void exit(String x, long classes) {
    output(dense(x, classes, fresh("exit")));
  }

  private String dense(String x, long features, String y) {
    weights.add(Weight.kernel(y + ".weight", List.of(features, size(x).channels())));
    weights.add(Weight.bias(y + ".bias", features));
    node("Gemm", y, List.of(x, y + ".weight", y + ".bias"))
        .addAttribute(Attributes.integer("transB", 1));
    return made(y, new Size(features, 1, 1));
  }

  Blueprint output(String x) {
    outputs.add(x);
    return this;
  }

  /** The model without the content of its weights: enough for shapes and work. */
  ModelProto bare() {
    return model(weights.stream().map(Weight::bare).toList());
  }

  /** The model with weights from this seed. */
  ModelProto model(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return model(weights.stream().map(weight -> weight.filled(random.split())).toList());
  }

  private ModelProto model(List<TensorProto> initializers) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName(name).addAllNode(nodes).addAllInitializer(initializers);
    Size in = size(INPUT);
    graph.addInput(OpenBatch.tensor(INPUT, List.of(in.channels(), in.height(), in.width())));
    for (String output : outputs) {
      Size size = size(output);
      boolean flat = size.height() == 1 && size.width() == 1;
      graph.addOutput(
          OpenBatch.tensor(
              output,
              flat
                  ? List.of(size.channels())
                  : List.of(size.channels(), size.height(), size.width())));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("cleave")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private String elementwise(String operator, String stem, List<String> inputs) {
    String y = fresh(stem);
    node(operator, y, inputs);
    return made(y, size(inputs.get(0)));
  }

  /** Nodes are kept as built ones: the builder is stored when the operator's tensor is made. */
  private NodeProto.Builder node(String operator, String output, List<String> inputs) {
    pending = NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    return pending.addAllInput(inputs);
  }

  private NodeProto.Builder pending = NodeProto.newBuilder();

  private String made(String tensor, Size size) {
    nodes.add(pending.build());
    sizes.put(tensor, size);
    return tensor;
  }

  private Size slid(String x, long channels, Window window, boolean ceiling) {
    Size from = size(x);
    return new Size(
        channels,
        steps(from.height() + 2 * window.padHeight() - window.height(), window.stride(), ceiling),
        steps(from.width() + 2 * window.padWidth() - window.width(), window.stride(), ceiling));
  }

  private static long steps(long free, long stride, boolean ceiling) {
    return (ceiling ? free + stride - 1 : free) / stride + 1;
  }

  private Size size(String tensor) {
    Size size = sizes.get(tensor);
    if (size == null) {
      throw new IllegalArgumentException("No operator made '%s' yet.".formatted(tensor));
    }
    return size;
  }

  private String fresh(String stem) {
    return stem + counts.merge(stem, 1, Integer::sum);
  }
}
