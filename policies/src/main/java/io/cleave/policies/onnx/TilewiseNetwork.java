package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.separable.ClippedLevels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network whose first blocks run on each tile of the image alone, as if there were zeros around
 * it; the others run on what the tiles make, joined. So tiles need nothing of each other. As a
 * graph, each tile is a branch of its own, {@code tile1.} and so on, and all share the weights.
 *
 * <p>Source: Zhang, Lin, Zhang, "Adaptive distributed convolutional neural network inference at the
 * network edge with ADCNN", ICPP 2020: fully decomposable spatial partition (as remembered).
 *
 * <p>Complexity: as many operators as the whole and once more the first blocks for each tile; work
 * in all as the whole's, or a little less.
 *
 * <p>Assumes: the first blocks are a chain of convolutions, pools and rectifiers.
 *
 * <p>Differs: tiles are as equal as pools permit, not equal; a tile begins where a place of the
 * joined map begins.
 */
public final class TilewiseNetwork {
  private final Architecture whole;
  private final List<NodeProto> blocks;
  private final List<NodeProto> rest;
  private final List<Piece> tiles;
  private final long stride;

  /**
   * @param network its last output alone is kept
   * @param convolutions that run in tiles, with what follows them until the next; at least 1
   * @param grid as the map behind them is cut, by its height and width
   * @throws IllegalArgumentException if the network has no more convolutions, or its map cannot be
   *     cut so
   */
  public TilewiseNetwork(Architecture network, int convolutions, Cutting grid) {
    this.whole = LastOutput.of(network);
    List<NodeProto> nodes = whole.bare().getGraph().getNodeList();
    int cut = behind(nodes, convolutions);
    this.blocks = nodes.subList(0, cut);
    this.rest = nodes.subList(cut, nodes.size());
    List<Long> map = sizes(whole.graph(), joined());
    this.tiles = List.copyOf(grid.tiles(map.get(2), map.get(3)));
    this.stride =
        blocks.stream()
            .flatMap(node -> node.getAttributeList().stream())
            .filter(attribute -> attribute.getName().equals("strides"))
            .mapToLong(attribute -> attribute.getInts(0))
            .reduce(1, Math::multiplyExact);
  }

  /** How a map is cut, row by row. */
  @FunctionalInterface
  public interface Cutting {
    List<Piece> tiles(long height, long width);
  }

  /** The network without its earlier exits. */
  public Architecture whole() {
    return whole;
  }

  /** The parts of the map behind the first blocks, row by row. */
  public List<Piece> tiles() {
    return tiles;
  }

  /** What the tiles of such a network answer, in their order: names of tensors; may be empty. */
  public static List<String> answers(DnnGraph graph) {
    Set<String> names = graph.tensors().stream().map(Tensor::name).collect(Collectors.toSet());
    return IntStream.iterate(0, tile -> tile + 1)
        .mapToObj(TilewiseNetwork::name)
        .takeWhile(names::contains)
        .toList();
  }

  /** The share of the multiply-accumulates that the first blocks have, 0 to 1. */
  public double share() {
    DnnGraph graph = whole.graph();
    Set<String> names = new HashSet<>();
    blocks.forEach(node -> names.add(node.getName()));
    double within =
        graph.layers().stream()
            .filter(layer -> names.contains(layer.name()))
            .mapToDouble(layer -> layer.work().multiplyAccumulates())
            .sum();
    return within / graph.multiplyAccumulates();
  }

  /** First step: tiles, and nothing else. */
  public Architecture tiled() {
    return architecture(Optional.empty(), false);
  }

  /** Second step: what tiles answer is clipped. */
  public Architecture clipped(ClippedLevels levels) {
    return architecture(Optional.of(levels), false);
  }

  /** Third step: tiles answer levels, which become values once they are joined. */
  public Architecture quantised(ClippedLevels levels) {
    return architecture(Optional.of(levels), true);
  }

  private Architecture architecture(Optional<ClippedLevels> levels, boolean rounded) {
    GraphProto bare = whole.bare().getGraph();
    GraphProto.Builder graph = bare.toBuilder().clearNode();
    levels.ifPresent(each -> addConstants(graph, each, rounded));
    for (int tile = 0; tile < tiles.size(); tile++) {
      branch(graph, tile, levels, rounded);
    }
    join(graph, levels.filter(each -> rounded));
    graph.addAllNode(rest);
    Architecture tiled =
        Architecture.of(
            "%s-%d-tiles".formatted(whole.name(), tiles.size()),
            whole.bare().toBuilder().setGraph(graph).build());
    check(tiled);
    return tiled;
  }

  private void branch(
      GraphProto.Builder graph, int tile, Optional<ClippedLevels> levels, boolean rounded) {
    String stem = name(tile) + ".";
    List<Long> image = whole.image();
    Span rows = seen(tiles.get(tile), Strip.ROWS, image.get(1));
    Span columns = seen(tiles.get(tile), Strip.COLUMNS, image.get(2));
    graph.addInitializer(numbers(stem + "from", rows.from(), columns.from()));
    graph.addInitializer(numbers(stem + "to", rows.to(), columns.to()));
    String x = stem + "image";
    String input = graph.getInput(0).getName();
    add(graph, "Slice", x, input, stem + "from", stem + "to", "rows-and-columns");
    if (tile == 0) {
      graph.addInitializer(numbers("rows-and-columns", Strip.ROWS, Strip.COLUMNS));
    }
    for (int i = 0; i < blocks.size(); i++) {
      NodeProto block = blocks.get(i);
      boolean last = i == blocks.size() - 1 && levels.isEmpty();
      String y = last ? name(tile) : stem + block.getOutput(0);
      graph.addNode(block.toBuilder().setName(y).setInput(0, x).setOutput(0, y));
      x = y;
    }
    if (levels.isPresent()) {
      answer(graph, tile, x, rounded);
    }
  }

  private static void answer(GraphProto.Builder graph, int tile, String made, boolean rounded) {
    String stem = name(tile) + ".";
    add(graph, "Clip", stem + "clip", made, "lower", "upper");
    add(graph, "Sub", rounded ? stem + "sub" : name(tile), stem + "clip", "lower");
    if (rounded) {
      add(graph, "Mul", stem + "mul", stem + "sub", "levels-each");
      add(graph, "Round", name(tile), stem + "mul");
    }
  }

  /** The rows or columns of the image that a tile sees. */
  private Span seen(Piece tile, int axis, long length) {
    Span made = tile.along(axis).orElseThrow();
    boolean last =
        tiles.stream().allMatch(each -> each.along(axis).orElseThrow().to() <= made.to());
    return new Span(made.from() * stride, last ? length : made.to() * stride);
  }

  /** Tiles of a row side by side, rows one below the other. */
  private void join(GraphProto.Builder graph, Optional<ClippedLevels> levels) {
    List<String> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    for (int tile = 0; tile < tiles.size(); tile++) {
      row.add(name(tile));
      boolean ends =
          tile == tiles.size() - 1
              || tiles.get(tile + 1).along(Strip.COLUMNS).orElseThrow().from() == 0;
      if (ends) {
        rows.add("row" + (rows.size() + 1));
        concat(graph, rows.get(rows.size() - 1), row, Strip.COLUMNS);
        row.clear();
      }
    }
    concat(graph, levels.isPresent() ? "levels" : joined(), rows, Strip.ROWS);
    if (levels.isPresent()) {
      add(graph, "Mul", joined(), "levels", "step");
    }
  }

  private static void concat(GraphProto.Builder graph, String y, List<String> parts, int axis) {
    graph.addNode(
        node("Concat", y, parts.toArray(String[]::new))
            .addAttribute(Attributes.integer("axis", axis)));
  }

  private static void addConstants(
      GraphProto.Builder graph, ClippedLevels levels, boolean rounded) {
    graph.addInitializer(Weight.scalar("lower", (float) levels.lower()).bare());
    graph.addInitializer(Weight.scalar("upper", (float) levels.upper()).bare());
    if (rounded) {
      graph.addInitializer(Weight.scalar("levels-each", (float) (1 / levels.step())).bare());
      graph.addInitializer(Weight.scalar("step", (float) levels.step()).bare());
    }
  }

  private static TensorProto numbers(String name, long first, long second) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(2)
        .addInt64Data(first)
        .addInt64Data(second)
        .build();
  }

  private static void add(GraphProto.Builder graph, String operator, String y, String... inputs) {
    graph.addNode(node(operator, y, inputs));
  }

  private static NodeProto.Builder node(String operator, String y, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(y)
        .addOutput(y)
        .addAllInput(List.of(inputs));
  }

  private static String name(int tile) {
    return "tile" + (tile + 1);
  }

  /** The tensor that the first blocks make, of all tiles. */
  public String joined() {
    return blocks.get(blocks.size() - 1).getOutput(0);
  }

  private void check(Architecture tiled) {
    List<Long> wanted = sizes(whole.graph(), joined());
    List<Long> made = sizes(tiled.graph(), joined());
    if (!made.equals(wanted)) {
      throw new IllegalArgumentException(
          "Tiles %s of %s make a map of %s, not of %s. Maybe take fewer convolutions or another grid."
              .formatted(tiles, whole.name(), made, wanted));
    }
  }

  private static List<Long> sizes(DnnGraph graph, String tensor) {
    return graph.tensors().stream()
        .filter(each -> each.name().equals(tensor))
        .findFirst()
        .orElseThrow()
        .shape()
        .dims();
  }

  /** The place of the first operator that is no part of so many blocks. */
  private static int behind(List<NodeProto> nodes, int convolutions) {
    int met = 0;
    for (int i = 0; i < nodes.size(); i++) {
      String operator = nodes.get(i).getOpType();
      boolean next = operator.equals("Conv") && met == convolutions;
      if (next || !Set.of("Conv", "Relu", "MaxPool").contains(operator)) {
        if (met == convolutions && met > 0) {
          return i;
        }
        break;
      }
      met += operator.equals("Conv") ? 1 : 0;
    }
    throw new IllegalArgumentException(
        "Of the network's convolutions, 1 to %d can run in tiles, not %d."
            .formatted(met, convolutions));
  }
}
