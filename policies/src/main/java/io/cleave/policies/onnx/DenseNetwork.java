package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network of fully connected layers with rectifiers between them, as an ONNX file with notes.
 *
 * @param layers from the input on
 * @param notes by key; written in the order of the keys
 */
public record DenseNetwork(List<Layer> layers, Map<String, String> notes) {
  private static final int IR_VERSION = 9;
  private static final int OPSET = 17;

  /**
   * A layer.
   *
   * @param inputs how many
   * @param outputs how many
   * @param kernel [input x output] row by row
   * @param bias [output]
   */
  @SuppressWarnings("ArrayRecordComponent") // weights, which nobody compares
  public record Layer(int inputs, int outputs, float[] kernel, float[] bias) {}

  public DenseNetwork {
    layers = List.copyOf(layers);
    notes = Map.copyOf(notes);
  }

  /** The file's content: the same network gives the same bytes. */
  public byte[] bytes() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("dense");
    String value = "input";
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      graph.addInitializer(
          tensor("kernel" + i, layer.kernel(), List.of(layer.inputs(), layer.outputs())));
      graph.addInitializer(tensor("bias" + i, layer.bias(), List.of(layer.outputs())));
      boolean last = i + 1 == layers.size();
      String sum = last ? "output" : "sum" + i;
      graph.addNode(node("Gemm", sum).addInput(value).addInput("kernel" + i).addInput("bias" + i));
      if (!last) {
        graph.addNode(node("Relu", "hidden" + i).addInput(sum));
      }
      value = "hidden" + i;
    }
    graph.addInput(OpenBatch.tensor("input", List.of((long) layers.get(0).inputs())));
    long outputs = layers.get(layers.size() - 1).outputs();
    graph.addOutput(OpenBatch.tensor("output", List.of(outputs)));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("cleave")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    new TreeMap<>(notes)
        .forEach(
            (key, note) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(note)));
    return model.build().toByteArray();
  }

  private static NodeProto.Builder node(String operator, String output) {
    return NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
  }

  private static TensorProto tensor(String name, float[] values, List<Integer> dims) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    dims.forEach(tensor::addDims);
    return tensor.setRawData(ByteString.copyFrom(bytes.flip())).build();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param what named in errors
   * @throws ModelFormatException if it is something else
   */
  public static DenseNetwork read(String what, byte[] bytes) {
    ModelProto model = OnnxFile.parse(what, bytes);
    List<TensorProto> weights = model.getGraph().getInitializerList();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i + 1 < weights.size(); i += 2) {
      TensorProto kernel = weights.get(i);
      TensorProto bias = weights.get(i + 1);
      boolean fits =
          kernel.getDimsCount() == 2
              && bias.getDimsCount() == 1
              && kernel.getDims(1) == bias.getDims(0)
              && kernel.getRawData().size() == 4 * kernel.getDims(0) * kernel.getDims(1)
              && bias.getRawData().size() == 4 * bias.getDims(0);
      if (!fits) {
        throw new ModelFormatException(
            "%s holds no network of fully connected layers: '%s' and '%s' are no layer."
                .formatted(what, kernel.getName(), bias.getName()));
      }
      layers.add(
          new Layer(
              (int) kernel.getDims(0), (int) kernel.getDims(1), floats(kernel), floats(bias)));
    }
    Map<String, String> notes = new TreeMap<>();
    model.getMetadataPropsList().forEach(note -> notes.put(note.getKey(), note.getValue()));
    return new DenseNetwork(layers, notes);
  }

  private static float[] floats(TensorProto tensor) {
    FloatBuffer buffer =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
