package io.cleave.agents.dnn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** ONNX files of a few operators, written by hand. */
final class HandMade {
  private HandMade() {}

  /** y = relu(conv1(x)); z = add(conv2(y), y). */
  static Path skip(Path folder) {
    return write(
        folder.resolve("skip.onnx"),
        GraphProto.newBuilder()
            .addInput(floats("x", 0, 2, 6, 6))
            .addInitializer(weights("w1", 4, 2, 1, 1))
            .addInitializer(weights("w2", 4, 4, 1, 1))
            .addNode(node("Conv", List.of("x", "w1"), "c1"))
            .addNode(node("Relu", List.of("c1"), "y"))
            .addNode(node("Conv", List.of("y", "w2"), "c2"))
            .addNode(node("Add", List.of("c2", "y"), "z"))
            .addOutput(floats("z", 0, 4, 6, 6)));
  }

  /** conv(1 -> 3), batch normalisation and rectifier, as trained; then means of the channels. */
  static Path normalised(Path folder, int trainingMode) {
    return write(
        folder.resolve("normalised.onnx"),
        GraphProto.newBuilder()
            .addInput(floats("x", 0, 1, 19, 19))
            .addInitializer(weights("w", 3, 1, 3, 3))
            .addInitializer(weights("scale", 3))
            .addInitializer(weights("shift", 3))
            .addInitializer(weights("mean", 3))
            .addInitializer(positive("variance", 3))
            .addNode(node("Conv", List.of("x", "w"), "c"))
            .addNode(
                node("BatchNormalization", List.of("c", "scale", "shift", "mean", "variance"), "n")
                    .addAttribute(integer("training_mode", trainingMode)))
            .addNode(node("Relu", List.of("n"), "r"))
            .addNode(node("GlobalAveragePool", List.of("r"), "z"))
            .addOutput(floats("z", 0, 3, 1, 1)));
  }

  /** y = relu(conv(x)), whose weights lie in a file of their own. */
  static Path inTwoFiles(Path folder) {
    TensorProto inside = weights("w1", 4, 2, 1, 1);
    ByteBuffer content = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    inside.getFloatDataList().forEach(content::putFloat);
    try {
      Files.write(folder.resolve("weights.bin"), content.array());
    } catch (IOException error) {
      throw new AssertionError(error);
    }
    return write(
        folder.resolve("outside.onnx"),
        GraphProto.newBuilder()
            .addInput(floats("x", 0, 2, 6, 6))
            .addInitializer(
                inside.toBuilder()
                    .clearFloatData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(
                        StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("weights.bin")))
            .addNode(node("Conv", List.of("x", "w1"), "c"))
            .addNode(node("Relu", List.of("c"), "y"))
            .addOutput(floats("y", 0, 4, 6, 6)));
  }

  /** A dropout that is switched on by its third input. */
  static Path dropping(Path folder) {
    return write(
        folder.resolve("dropping.onnx"),
        GraphProto.newBuilder()
            .addInput(floats("x", 0, 4))
            .addInitializer(weights("ratio"))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("training")
                    .setDataType(TensorProto.DataType.BOOL_VALUE)
                    .addInt32Data(1))
            .addNode(node("Dropout", List.of("x", "ratio", "training"), "z"))
            .addOutput(floats("z", 0, 4)));
  }

  /** Where the largest values are, and whether values are above 0: answers that are no floats. */
  static Path questions(Path folder) {
    return write(
        folder.resolve("questions.onnx"),
        GraphProto.newBuilder()
            .addInput(floats("x", 0, 4))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("zero")
                    .setDataType(TensorProto.DataType.FLOAT_VALUE)
                    .addFloatData(0))
            .addNode(node("ReduceMax", List.of("x"), "top").addAttribute(integer("keepdims", 0)))
            .addNode(node("Greater", List.of("top", "zero"), "any")) // a scalar that is true or not
            .addNode(node("Greater", List.of("x", "zero"), "each"))
            .addNode(node("And", List.of("each", "any"), "both"))
            .addNode(node("ArgMax", List.of("x"), "best").addAttribute(integer("axis", 1)))
            .addNode(cast("best", "narrow", TensorProto.DataType.INT32))
            .addNode(cast("narrow", "wide", TensorProto.DataType.INT64))
            .addNode(cast("both", "bytes", TensorProto.DataType.UINT8))
            .addNode(cast("bytes", "flags", TensorProto.DataType.FLOAT))
            .addOutput(typed("wide", TensorProto.DataType.INT64, 0, 1))
            .addOutput(floats("flags", 0, 4)));
  }

  private static NodeProto.Builder cast(String from, String to, TensorProto.DataType type) {
    return node("Cast", List.of(from), to).addAttribute(integer("to", type.getNumber()));
  }

  static Path write(Path file, GraphProto.Builder graph) {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(9)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph.setName("test"))
            .build();
    try {
      return Files.write(file, model.toByteArray());
    } catch (IOException error) {
      throw new AssertionError(error);
    }
  }

  static NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output);
  }

  static ValueInfoProto floats(String name, long... dims) {
    return typed(name, TensorProto.DataType.FLOAT, dims);
  }

  /** Sizes of 0 are left open. */
  private static ValueInfoProto typed(String name, TensorProto.DataType type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(
          dim > 0
              ? Dimension.newBuilder().setDimValue(dim)
              : Dimension.newBuilder().setDimParam("batch"));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  static TensorProto weights(String name, long... dims) {
    return filled(name, -0.5, dims);
  }

  private static TensorProto positive(String name, long... dims) {
    return filled(name, 0.5, dims);
  }

  private static TensorProto filled(String name, double least, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    long elements = 1;
    for (long dim : dims) {
      tensor.addDims(dim);
      elements *= dim;
    }
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (long i = 0; i < elements; i++) {
      tensor.addFloatData((float) (least + random.nextDouble()));
    }
    return tensor.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
