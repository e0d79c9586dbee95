package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the sub-model of a piece of what a run of layers makes: it reads only what the piece
 * needs, pads only at true borders or where it is made apart, and carries only the weights of its
 * own channels or neurons.
 *
 * <p>Of a tensor with several readers the hull of what they need is made, and each reader takes its
 * part of it. Of a tile of a checkerboard what neighbours made, or need, is tensors of its own.
 */
final class PieceModel {
  private static final Set<String> PADDING =
      Set.of("pads", "auto_pad", "ceil_mode", "kernel_shape", "dilations", "strides");

  private final GraphProto source;
  private final Analysis analysis;
  private final Making making;
  private final Constants constants;
  private final PieceNodes nodes;
  private final Seams seams;

  private PieceModel(ModelProto model, Analysis analysis, Making making) {
    this.source = model.getGraph();
    this.analysis = analysis;
    this.making = making;
    this.constants = new Constants(source, analysis);
    this.nodes = new PieceNodes(OnnxGraph.opset(model));
    this.seams = new Seams(analysis.graph(), making, nodes);
  }

  /**
   * The graph of a piece.
   *
   * @throws IllegalArgumentException if the run cannot be divided so
   */
  static GraphProto of(
      ModelProto model, Analysis analysis, LayerSet run, Piece piece, Set<String> openBatch) {
    DnnGraph graph = analysis.graph();
    Making making = Making.of(graph, run, piece);
    PieceModel part = new PieceModel(model, analysis, making);
    int addend = piece.summed() ? graph.tensor(Footprint.output(graph, run)).producer() : 0;
    making.layers().forEach(layer -> part.add(layer, layer == addend));
    part.seams.handOn();
    GraphProto.Builder built =
        GraphProto.newBuilder()
            .setName(model.getGraph().getName())
            .addAllInitializer(part.constants.initializers())
            .addAllInitializer(part.nodes.constants())
            .addAllNode(part.constants.nodes())
            .addAllNode(part.nodes.nodes());
    making.reads().forEach(patch -> built.addInput(info(graph, patch, openBatch)));
    making.gives().forEach(patch -> built.addOutput(info(graph, patch, openBatch)));
    return built.build();
  }

  /** A part of a tensor has as many samples as the whole. */
  private static ValueInfoProto info(DnnGraph graph, Patch patch, Set<String> openBatch) {
    boolean open = openBatch.contains(graph.tensor(patch.tensor()).name());
    Tensor part = patch.part(graph);
    return Constants.info(part, part.shape(), open ? Set.of(part.name()) : Set.of());
  }

  /**
   * Writes a layer.
   *
   * @param addend true if it makes a summand, of some of its input
   */
  private void add(int index, boolean addend) {
    Layer layer = analysis.graph().layer(index);
    NodeProto node = analysis.nodes().get(index - 1);
    layer.inputs().forEach(seams::join);
    Piece made = making.made(layer.outputs().get(0));
    NodeProto.Builder written = node.toBuilder().clearInput();
    if (seams.isJoined(layer.outputs().get(0))) {
      written.setOutput(0, seams.computed(layer.outputs().get(0)));
    }
    for (int i = 0; i < node.getInputCount(); i++) {
      String name = node.getInput(i);
      if (addend) {
        name = ofAddend(node, i);
      } else {
        for (Strip strip : made.strips()) {
          name = input(node, i, name, layer, strip);
        }
      }
      if (name.equals(node.getInput(i)) && !name.isEmpty() && liveTensor(name).isEmpty()) {
        constants.need(name);
      }
      written.addInput(name);
    }
    if (isWindow(node)) {
      written.clearAttribute();
      node.getAttributeList().stream()
          .filter(attribute -> !PADDING.contains(attribute.getName()))
          .forEach(written::addAttribute);
      written.addAllAttribute(window(node, layer, made));
    }
    nodes.add(written.build());
  }

  private static boolean isWindow(NodeProto node) {
    return Set.of("Conv", "MaxPool", "AveragePool").contains(node.getOpType());
  }

  /**
   * What a node reads in the place of an input, if it makes only a strip.
   *
   * @param present that it would read, cut along other axes
   */
  private String input(NodeProto node, int place, String present, Layer layer, Strip made) {
    String name = node.getInput(place);
    if (name.isEmpty()) {
      return name;
    }
    Optional<Integer> live = liveTensor(name);
    if (live.isPresent()) {
      Span held = making.held(live.get()).along(made.axis()).orElseThrow();
      long length = analysis.graph().tensor(live.get()).shape().dim(made.axis());
      ReceptiveField field = layer.division().along(made.axis()).orElseThrow();
      Span needed = field.needed(made.span(), length).within(held);
      return needed.equals(held)
          ? present
          : nodes.slice(
              present,
              made.axis(),
              new Span(needed.from() - held.from(), needed.to() - held.from()));
    }
    return constantAxis(node, place, name, made.axis())
        .map(along -> part(present, along, made.span()))
        .orElse(present);
  }

  /** What a node reads in the place of an input to make a summand: the first brings the bias. */
  private String ofAddend(NodeProto node, int place) {
    Strip read = making.piece().strips().get(0);
    String name = node.getInput(place);
    if (place == 0 || name.isEmpty()) {
      return name;
    }
    if (place > 1) {
      boolean first = read.span().from() == 0;
      return first ? name : node.getOpType().equals("Gemm") ? nodes.zero() : "";
    }
    boolean rows = node.getOpType().equals("MatMul") || node.getOpType().equals("Gemm");
    return part(name, rows && !turned(node) ? 0 : 1, read.span());
  }

  private Optional<Integer> liveTensor(String name) {
    DnnGraph graph = analysis.graph();
    for (int t = 0; t < graph.tensors().size(); t++) {
      if (graph.tensor(t).name().equals(name)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  /** The axis of a constant that runs along the cut; empty if it is the same for all pieces. */
  private Optional<Integer> constantAxis(NodeProto node, int place, String name, int axis) {
    List<Long> dims = analysis.values().getOrDefault(name, Value.OPAQUE).dims().orElse(List.of());
    List<Long> out =
        analysis.values().getOrDefault(node.getOutput(0), Value.OPAQUE).dims().orElseThrow();
    boolean neurons = axis == out.size() - 1;
    return switch (node.getOpType()) {
      case "Gemm" ->
          place == 1
              ? Optional.of(turned(node) ? 0 : 1)
              : broadcastAxis(dims, out, axis).filter(found -> neurons);
      case "MatMul" -> neurons ? Optional.of(1) : Optional.empty();
      case "Conv", "BatchNormalization" ->
          axis == Strip.CHANNELS ? Optional.of(0) : Optional.empty();
      default ->
          Divisions.POINTWISE.contains(node.getOpType())
              ? broadcastAxis(dims, out, axis)
              : Optional.empty();
    };
  }

  private static boolean turned(NodeProto node) {
    return node.getAttributeList().stream()
        .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() == 1);
  }

  private Optional<Integer> broadcastAxis(List<Long> dims, List<Long> out, int axis) {
    int place = axis - (out.size() - dims.size());
    boolean runsAlong = place >= 0 && dims.get(place) > 1 && dims.get(place).equals(out.get(axis));
    return runsAlong ? Optional.of(place) : Optional.empty();
  }

  /** Some places of a constant: cut out of it if it is a plain weight, taken at run time if not. */
  private String part(String name, int along, Span span) {
    String part = "%s/%d:%s".formatted(name, along, span);
    Optional<TensorProto> cut =
        source.getInitializerList().stream()
            .filter(weight -> weight.getName().equals(name))
            .findFirst()
            .or(() -> nodes.constant(name))
            .flatMap(weight -> TensorContent.part(weight, along, span));
    if (cut.isPresent()) {
      nodes.add(part, cut.get().toBuilder());
      return part;
    }
    if (analysis.values().containsKey(name)) { // else it is what was taken along another axis
      constants.need(name);
    }
    return nodes.slice(name, along, span);
  }

  /** The window with padding where there is nothing to read: at a border, or a piece's own. */
  private List<AttributeProto> window(NodeProto node, Layer layer, Piece made) {
    int input = layer.inputs().get(0);
    List<Long> kernel = new ArrayList<>();
    List<Long> strides = new ArrayList<>();
    List<Long> dilations = new ArrayList<>();
    Long[] pads = new Long[4];
    for (int along = 2; along <= 3; along++) {
      ReceptiveField.Sliding sliding =
          (ReceptiveField.Sliding) layer.division().along(along).orElseThrow();
      long length = analysis.graph().tensor(input).shape().dim(along);
      int output = layer.outputs().get(0);
      Span all = Span.whole(analysis.graph().tensor(output).shape().dim(along));
      Span windows = made.along(along).orElse(all);
      Span held = making.held(input).along(along).orElse(Span.whole(length));
      Span read = sliding.needed(windows, length).within(held);
      kernel.add(sliding.kernel());
      strides.add(sliding.stride());
      dilations.add(sliding.dilation());
      pads[along - 2] = read.from() - sliding.begin(windows);
      pads[along] = sliding.end(windows) - read.to();
    }
    List<AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                Attributes.integers("kernel_shape", kernel),
                Attributes.integers("strides", strides),
                Attributes.integers("pads", List.of(pads))));
    if (!node.getOpType().equals("AveragePool")) {
      attributes.add(Attributes.integers("dilations", dilations));
    }
    return attributes;
  }
}
