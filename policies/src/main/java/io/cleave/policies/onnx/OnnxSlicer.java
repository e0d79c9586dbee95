package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Takes a model apart: the sub-model of some layers is a model of its own, with the tensors that it
 * needs as inputs and those that others need as outputs. Run one after the other, the parts compute
 * what the whole computes.
 *
 * <p>A part carries only the weights that it uses; bodies of loops and branches stay whole. Shapes
 * that the model works out from its own tensors become constants, so a part holds for the sizes at
 * hand; only the batch stays open where the model keeps it open everywhere.
 */
public final class OnnxSlicer {
  private final ModelProto model;
  private final Analysis analysis;
  private final Set<String> openBatch;

  private OnnxSlicer(ModelProto model, Analysis analysis, Set<String> openBatch) {
    this.model = model;
    this.analysis = analysis;
    this.openBatch = openBatch;
  }

  /**
   * A slicer of a model with its weights.
   *
   * @param sizes of graph inputs by name, for those with open axes
   * @throws ModelFormatException if it is no usable model
   */
  public static OnnxSlicer of(String name, ModelProto model, Map<String, TensorShape> sizes) {
    Analysis analysis = OnnxGraph.analyse(name, model, sizes);
    return new OnnxSlicer(
        model,
        analysis,
        OpenBatch.tensors(model.getGraph(), OnnxGraph.opset(model), sizes, analysis));
  }

  /**
   * A slicer of a model file.
   *
   * @param sizes of graph inputs by name, for those with open axes
   * @throws ModelFormatException if it is no usable model
   */
  public static OnnxSlicer read(Path file, Map<String, TensorShape> sizes) {
    return of(OnnxFile.name(file), OnnxFile.read(file), sizes);
  }

  /**
   * The same under another name than the file's.
   *
   * @param name shown to people
   */
  public static OnnxSlicer read(String name, Path file, Map<String, TensorShape> sizes) {
    return of(name, OnnxFile.read(file), sizes);
  }

  /**
   * A slicer of a model file's content.
   *
   * @param name shown to people
   * @throws ModelFormatException if it is no usable model
   */
  public static OnnxSlicer of(String name, byte[] content) {
    return of(name, OnnxFile.parse(name, content), Map.of());
  }

  /** The graph whose layers the parts are made of. */
  public DnnGraph graph() {
    return analysis.graph();
  }

  /**
   * The sub-model of these layers. Inputs are the tensors made elsewhere that they read; outputs
   * are the tensors that other layers read or the network answers with. A graph input that crosses
   * is no output: who runs the part holds it already.
   *
   * @throws IllegalArgumentException if no layer but the input is asked for
   */
  public ModelProto slice(LayerSet layers) {
    DnnGraph graph = analysis.graph();
    Set<String> inputs = new LinkedHashSet<>();
    Set<String> outputs = new LinkedHashSet<>();
    IntPredicate made =
        t -> graph.tensor(t).producer() > 0 && layers.contains(graph.tensor(t).producer());
    for (int index : layers.stream().filter(i -> i > 0).toArray()) {
      Layer layer = graph.layer(index);
      layer.inputs().stream()
          .filter(t -> !made.test(t))
          .forEach(t -> inputs.add(graph.tensor(t).name()));
      layer.outputs().stream()
          .filter(t -> graph.outputs().contains(t) || readOutside(t, layers))
          .forEach(t -> outputs.add(graph.tensor(t).name()));
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "Layers %s of %s compute nothing that others need.".formatted(layers, graph.name()));
    }
    return build(layers, inputs, outputs);
  }

  /**
   * The sub-model of a piece of the one tensor that these layers make. Its inputs are the parts of
   * tensors that {@link io.cleave.policies.pieces.Footprint} tells, under the names of the whole
   * ones; its output is the piece.
   *
   * @throws IllegalArgumentException if the layers cannot be divided so
   */
  public ModelProto piece(LayerSet layers, Piece piece) {
    return model(PieceModel.of(model, analysis, layers, piece, openBatch));
  }

  /** {@link #slice} as the content of an ONNX file. */
  public byte[] bytes(LayerSet layers) {
    return slice(layers).toByteArray();
  }

  /** {@link #piece} as the content of an ONNX file. */
  public byte[] bytes(LayerSet layers, Piece piece) {
    return piece(layers, piece).toByteArray();
  }

  /**
   * {@link #slice} as the content of an ONNX file, with no other outputs than these, which the
   * layers make; what the rest of the network would read besides is left out.
   */
  public byte[] bytes(LayerSet layers, Set<String> outputs) {
    Set<String> inputs = new LinkedHashSet<>();
    slice(layers).getGraph().getInputList().forEach(input -> inputs.add(input.getName()));
    return build(layers, inputs, outputs).toByteArray();
  }

  /**
   * {@link #slice} in eight bits as the content of an ONNX file.
   *
   * @param ranges of values by the tensor's name
   */
  public byte[] bytes(LayerSet layers, Map<String, ValueRange> ranges) {
    return EightBitModel.of(slice(layers), ranges).toByteArray();
  }

  /**
   * Writes {@link #slice} in eight bits, by what the model notes of its values.
   *
   * @throws ModelFormatException if it notes nothing
   */
  public void writeEightBits(LayerSet layers, OutputStream out) throws IOException {
    Map<String, ValueRange> ranges = EightBitNotes.of(model).ranges();
    if (ranges.isEmpty()) {
      throw new ModelFormatException(
          "%s does not say between which values its tensors lie. Maybe it was never quantised: ./cleave model quantised does so."
              .formatted(analysis.graph().name()));
    }
    EightBitModel.of(slice(layers), ranges).writeTo(out);
  }

  /** The whole model with notes on itself in eight bits, as the content of an ONNX file. */
  public byte[] noted(EightBitNotes notes) {
    return notes.on(model).toByteArray();
  }

  /** Writes {@link #slice} as the content of an ONNX file, without holding it in one piece. */
  public void write(LayerSet layers, OutputStream out) throws IOException {
    slice(layers).writeTo(out);
  }

  /** Writes {@link #piece} as the content of an ONNX file. */
  public void write(LayerSet layers, Piece piece, OutputStream out) throws IOException {
    piece(layers, piece).writeTo(out);
  }

  /**
   * The sub-model that makes some tensors of others.
   *
   * @throws ModelFormatException if a tensor is unknown or lies inside the body of a loop or
   *     branch, a listed input is not needed, or a needed graph input is not listed
   */
  public ModelProto between(Set<String> inputs, Set<String> outputs) {
    inputs.forEach(this::tensor);
    BitSet layers = new BitSet();
    Set<String> met = new LinkedHashSet<>();
    for (String output : outputs) {
      if (inputs.contains(output)) {
        throw new ModelFormatException("'%s' is asked for as input and output.".formatted(output));
      }
      walkBack(tensor(output), inputs, layers, met);
    }
    for (String input : inputs) {
      if (!met.contains(input)) {
        throw new ModelFormatException(
            "The outputs %s do not need the input '%s'.".formatted(outputs, input));
      }
    }
    return build(LayerSet.of(layers), inputs, outputs);
  }

  private void walkBack(int tensor, Set<String> stops, BitSet layers, Set<String> met) {
    DnnGraph graph = analysis.graph();
    int producer = graph.tensor(tensor).producer();
    String name = graph.tensor(tensor).name();
    if (stops.contains(name)) {
      met.add(name);
    } else if (producer == 0) {
      throw new ModelFormatException(
          "The part needs the graph input '%s', which is not among its inputs %s."
              .formatted(name, stops));
    } else if (!layers.get(producer)) {
      layers.set(producer);
      graph.layer(producer).inputs().forEach(read -> walkBack(read, stops, layers, met));
    }
  }

  private int tensor(String name) {
    List<io.cleave.policies.graph.Tensor> tensors = analysis.graph().tensors();
    for (int t = 0; t < tensors.size(); t++) {
      if (tensors.get(t).name().equals(name)) {
        return t;
      }
    }
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (Captures.makesInside(node, name)) {
        throw new ModelFormatException(
            "The tensor '%s' lies inside the body of %s, which is kept whole."
                .formatted(name, Operands.label(node)));
      }
    }
    throw new ModelFormatException(
        "%s has no tensor '%s' that depends on an input.".formatted(analysis.graph().name(), name));
  }

  private boolean readOutside(int tensor, LayerSet layers) {
    for (int reader : analysis.graph().consumers(tensor)) {
      if (!layers.contains(reader)) {
        return true;
      }
    }
    return false;
  }

  private ModelProto build(LayerSet layers, Set<String> inputs, Set<String> outputs) {
    List<NodeProto> nodes = new ArrayList<>();
    layers.stream().filter(i -> i > 0).forEach(i -> nodes.add(analysis.nodes().get(i - 1)));
    Constants constants = new Constants(model.getGraph(), analysis);
    nodes.forEach(node -> Captures.reads(node).forEach(constants::need));
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(model.getGraph().getName())
            .addAllInitializer(constants.initializers())
            .addAllNode(constants.nodes())
            .addAllNode(nodes);
    inputs.forEach(name -> graph.addInput(constants.info(name, openBatch)));
    outputs.forEach(name -> graph.addOutput(constants.info(name, openBatch)));
    return model(graph.build());
  }

  private ModelProto model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(model.getIrVersion())
        .setProducerName("cleave")
        .addAllOpsetImport(model.getOpsetImportList())
        .addAllFunctions(model.getFunctionsList())
        .setGraph(graph)
        .build();
  }
}
