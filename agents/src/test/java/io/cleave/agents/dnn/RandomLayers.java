package io.cleave.agents.dnn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Models of one layer that can be divided and a rectifier, from a seed. */
final class RandomLayers {
  private static final int KINDS = 5;

  private final SplittableRandom random;
  private final Long[] kernel = new Long[2];
  private final Long[] stride = new Long[2];
  private final Long[] dilation = new Long[2];
  private final Long[] pads = new Long[4];
  private final long[] size = new long[2];
  private final long[] made = new long[2];

  private RandomLayers(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Convolutions, max and average pools, and both kinds of fully connected layers in turn. */
  static Path write(Path folder, long seed) {
    RandomLayers layers = new RandomLayers(seed);
    GraphProto.Builder graph =
        switch ((int) (seed % KINDS)) {
          case 0 -> layers.conv();
          case 1 -> layers.pool("MaxPool");
          case 2 -> layers.pool("AveragePool");
          case 3 -> layers.gemm();
          default -> layers.matMul();
        };
    return HandMade.write(folder.resolve("layer" + seed + ".onnx"), graph);
  }

  private GraphProto.Builder conv() {
    boolean automatic = random.nextInt(3) == 0;
    window(false, false, automatic);
    long group = random.nextLong(1, 4);
    long channels = group * random.nextLong(1, 4);
    long filters = group * random.nextLong(1, 4);
    NodeProto.Builder node =
        windowed("Conv", List.of("x", "w", "b"), automatic)
            .addAttribute(HandMade.integer("group", group))
            .addAttribute(integers("dilations", dilation));
    return graph(node, channels, filters)
        .addInitializer(HandMade.weights("w", filters, channels / group, kernel[0], kernel[1]))
        .addInitializer(HandMade.weights("b", filters));
  }

  private GraphProto.Builder pool(String operator) {
    boolean ceiling = random.nextBoolean();
    boolean average = operator.equals("AveragePool");
    boolean automatic = !ceiling && random.nextInt(3) == 0;
    window(true, ceiling, automatic || average);
    NodeProto.Builder node =
        windowed(operator, List.of("x"), automatic)
            .addAttribute(HandMade.integer("ceil_mode", ceiling ? 1 : 0));
    if (average) {
      node.addAttribute(HandMade.integer("count_include_pad", ceiling ? 0 : random.nextInt(2)));
    } else {
      node.addAttribute(integers("dilations", dilation));
    }
    return graph(node, 3, 3);
  }

  private GraphProto.Builder gemm() {
    long inputs = random.nextLong(1, 30);
    long outputs = random.nextLong(3, 40);
    boolean turned = random.nextBoolean();
    return GraphProto.newBuilder()
        .addInput(HandMade.floats("x", 0, inputs))
        .addInitializer(
            turned
                ? HandMade.weights("w", outputs, inputs)
                : HandMade.weights("w", inputs, outputs))
        .addInitializer(HandMade.weights("b", outputs))
        .addNode(
            HandMade.node("Gemm", List.of("x", "w", "b"), "y")
                .addAttribute(HandMade.integer("transB", turned ? 1 : 0)))
        .addNode(HandMade.node("Relu", List.of("y"), "z"))
        .addOutput(HandMade.floats("z", 0, outputs));
  }

  private GraphProto.Builder matMul() {
    long inputs = random.nextLong(1, 30);
    long outputs = random.nextLong(3, 40);
    return GraphProto.newBuilder()
        .addInput(HandMade.floats("x", 0, 5, inputs))
        .addInitializer(HandMade.weights("w", inputs, outputs))
        .addInitializer(HandMade.weights("b", outputs))
        .addNode(HandMade.node("MatMul", List.of("x", "w"), "y"))
        .addNode(HandMade.node("Add", List.of("y", "b"), "z"))
        .addOutput(HandMade.floats("z", 0, 5, outputs));
  }

  /** A window that fits the image, and how many of it there are. */
  private void window(boolean pool, boolean ceiling, boolean undilated) {
    for (int i = 0; i < 2; i++) {
      size[i] = random.nextLong(9, 24);
      kernel[i] = random.nextLong(1, 5);
      stride[i] = random.nextLong(1, 4);
      dilation[i] = undilated ? 1 : random.nextLong(1, 3);
      long reach = (kernel[i] - 1) * dilation[i] + 1;
      long most = pool ? kernel[i] : reach;
      pads[i] = random.nextLong(0, most);
      pads[i + 2] = random.nextLong(0, most);
      if (ceiling) {
        // Rounded up, a window may lie so far behind the padding that no engine takes it.
        stride[i] = Math.min(stride[i], kernel[i]);
        pads[i + 2] = 0L;
      }
      long free = size[i] + pads[i] + pads[i + 2] - reach;
      made[i] = (ceiling ? -Math.floorDiv(-free, stride[i]) : free / stride[i]) + 1;
      if (ceiling && (made[i] - 1) * stride[i] >= size[i] + pads[i]) {
        made[i]--;
      }
    }
  }

  private NodeProto.Builder windowed(String operator, List<String> inputs, boolean automatic) {
    NodeProto.Builder node =
        HandMade.node(operator, inputs, "y")
            .addAttribute(integers("kernel_shape", kernel))
            .addAttribute(integers("strides", stride));
    if (!automatic) {
      return node.addAttribute(integers("pads", pads));
    }
    for (int i = 0; i < 2; i++) {
      made[i] = (size[i] + stride[i] - 1) / stride[i];
    }
    String side = random.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER";
    return node.addAttribute(
        AttributeProto.newBuilder()
            .setName("auto_pad")
            .setType(AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(side)));
  }

  private GraphProto.Builder graph(NodeProto.Builder node, long channels, long filters) {
    return GraphProto.newBuilder()
        .addInput(HandMade.floats("x", 0, channels, size[0], size[1]))
        .addNode(node)
        .addNode(HandMade.node("Relu", List.of("y"), "z"))
        .addOutput(HandMade.floats("z", 0, filters, made[0], made[1]));
  }

  private static AttributeProto integers(String name, Long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(new ArrayList<>(List.of(values)))
        .build();
  }
}
