package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Models of one to five layers of all kinds that can be divided, from a seed. */
final class RandomRuns {
  private final SplittableRandom random;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private long channels;
  private long height;
  private long width;
  private String last = "x";

  private RandomRuns(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Convolutions, pools and what goes between, over an image; the input is 'x'. */
  static ModelProto images(long seed) {
    return new RandomRuns(seed).images();
  }

  /** A fully connected layer and what may follow it; the input is 'x'. */
  static ModelProto neurons(long seed) {
    return new RandomRuns(seed).neurons();
  }

  private ModelProto images() {
    channels = 2 * random.nextLong(1, 4);
    height = random.nextLong(8, 20);
    width = random.nextLong(8, 20);
    graph.addInput(Models.floats("x", 0, channels, height, width));
    long layers = random.nextLong(1, 6);
    for (long i = 0; i < layers; i++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> window("Conv");
        case 3 -> window("MaxPool");
        case 4 -> window("AveragePool");
        case 5 -> residual();
        case 6 -> batchNormalization();
        default -> activation();
      }
    }
    return Models.model(graph.addOutput(Models.floats(last, 0, channels, height, width)));
  }

  private ModelProto neurons() {
    long inputs = random.nextLong(1, 9);
    long outputs = random.nextLong(3, 12);
    graph.addInput(Models.floats("x", 0, inputs));
    boolean turned = random.nextBoolean();
    if (random.nextBoolean()) {
      graph.addInitializer(turned ? weight("w", outputs, inputs) : weight("w", inputs, outputs));
      boolean wide = random.nextBoolean();
      graph.addInitializer(wide ? weight("b", outputs) : weight("b", 1));
      node("Gemm", List.of("x", "w", "b"))
          .addAttribute(Models.integer("transB", turned ? 1 : 0))
          .addAttribute(Attributes.number("alpha", 0.7f));
    } else {
      graph.addInitializer(weight("w", inputs, outputs)).addInitializer(weight("b", outputs));
      node("MatMul", List.of("x", "w"));
      done();
      node("Add", List.of(last, "b"));
    }
    done();
    node(random.nextBoolean() ? "Relu" : "Tanh", List.of(last));
    done();
    return Models.model(graph.addOutput(Models.floats(last, 0, outputs)));
  }

  private NodeProto.Builder pending = NodeProto.newBuilder();

  private NodeProto.Builder node(String operator, List<String> inputs) {
    pending = Models.node(operator, inputs, "t" + graph.getNodeCount());
    return pending;
  }

  private void done() {
    last = pending.getOutput(0);
    graph.addNode(pending);
  }

  private void window(String operator) {
    boolean conv = operator.equals("Conv");
    long[] size = {height, width};
    Long[] kernel = new Long[2];
    Long[] stride = new Long[2];
    Long[] dilation = new Long[2];
    Long[] pads = new Long[4];
    int auto = random.nextInt(4); // 0 and 1: explicit padding
    boolean ceiling = !conv && auto < 2 && random.nextBoolean();
    for (int i = 0; i < 2; i++) {
      kernel[i] = random.nextLong(1, 4);
      stride[i] = random.nextLong(1, 3);
      boolean apart = operator.equals("AveragePool") || auto > 1;
      dilation[i] = apart ? 1 : random.nextLong(1, 4);
      long reach = (kernel[i] - 1) * dilation[i] + 1;
      long most = conv ? reach : kernel[i];
      pads[i] = random.nextLong(0, most);
      pads[i + 2] = random.nextLong(0, most);
      if (reach > size[i]) {
        return; // the image is used up: one layer fewer
      }
      long free = size[i] + pads[i] + pads[i + 2] - reach;
      long count = (ceiling ? -Math.floorDiv(-free, stride[i]) : free / stride[i]) + 1;
      if (ceiling && (count - 1) * stride[i] >= size[i] + pads[i]) {
        count--;
      }
      size[i] = auto > 1 ? (size[i] + stride[i] - 1) / stride[i] : count;
    }
    List<String> inputs = new ArrayList<>(List.of(last));
    long made = channels;
    if (conv) {
      long group = random.nextBoolean() ? 1 : random.nextBoolean() ? 2 : channels;
      made = group * random.nextLong(1, 4);
      made = made % 2 == 0 ? made : 2 * made;
      String w = "w" + graph.getNodeCount();
      graph
          .addInitializer(weight(w, made, channels / group, kernel[0], kernel[1]))
          .addInitializer(weight(w + "b", made));
      inputs.addAll(List.of(w, w + "b"));
      node(operator, inputs)
          .addAttribute(Models.integer("group", group))
          .addAttribute(Models.integers("dilations", dilation));
    } else {
      node(operator, inputs).addAttribute(Models.integer("ceil_mode", ceiling ? 1 : 0));
      if (operator.equals("MaxPool")) {
        pending.addAttribute(Models.integers("dilations", dilation));
      } else {
        pending.addAttribute(Models.integer("count_include_pad", random.nextInt(2)));
      }
    }
    pending
        .addAttribute(Models.integers("kernel_shape", kernel))
        .addAttribute(Models.integers("strides", stride));
    if (auto > 1) {
      pending.addAttribute(
          AttributeProto.newBuilder()
              .setName("auto_pad")
              .setType(AttributeProto.AttributeType.STRING)
              .setS(ByteString.copyFromUtf8(auto == 2 ? "SAME_UPPER" : "SAME_LOWER")));
    } else {
      pending.addAttribute(Models.integers("pads", pads));
    }
    done();
    channels = made;
    height = size[0];
    width = size[1];
  }

  /** A convolution that keeps the size, and its input added or put beside it. */
  private void residual() {
    String before = last;
    String w = "w" + graph.getNodeCount();
    graph.addInitializer(weight(w, channels, channels, 3, 3));
    node("Conv", List.of(before, w)).addAttribute(Models.integers("pads", 1L, 1L, 1L, 1L));
    done();
    if (random.nextBoolean()) {
      node("Add", List.of(last, before));
    } else {
      node("Concat", List.of(before, last)).addAttribute(Models.integer("axis", 1));
      channels *= 2;
    }
    done();
  }

  private void batchNormalization() {
    String w = "w" + graph.getNodeCount();
    for (String part : List.of("scale", "shift", "mean")) {
      graph.addInitializer(weight(w + part, channels));
    }
    TensorProto.Builder variance =
        TensorProto.newBuilder()
            .setName(w + "variance")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(channels);
    for (long i = 0; i < channels; i++) {
      variance.addFloatData(0.5f + random.nextInt(4));
    }
    graph.addInitializer(variance);
    node("BatchNormalization", List.of(last, w + "scale", w + "shift", w + "mean", w + "variance"));
    done();
  }

  private void activation() {
    switch (random.nextInt(4)) {
      case 0 -> node("Relu", List.of(last));
      case 1 -> node("LeakyRelu", List.of(last)).addAttribute(Attributes.number("alpha", 0.2f));
      case 2 -> {
        // A constant that runs along the rows: each piece has its own part of it.
        String w = "w" + graph.getNodeCount();
        graph.addInitializer(weight(w, channels, height, 1));
        node("Mul", List.of(last, w));
      }
      default -> {
        String w = "w" + graph.getNodeCount();
        graph
            .addInitializer(Weight.scalar(w + "low", -0.2f).bare())
            .addInitializer(Weight.scalar(w + "high", 0.3f).bare());
        node("Clip", List.of(last, w + "low", w + "high"));
      }
    }
    done();
  }

  private TensorProto weight(String name, long... dims) {
    List<Long> sizes = java.util.Arrays.stream(dims).boxed().toList();
    return new Weight(name, sizes, 0.5, List.of()).filled(random.split());
  }
}
