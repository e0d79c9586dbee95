package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.separable.ClippedLevels;
import io.cleave.policies.separable.TrainedTiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network whose first blocks run on each tile of the image alone, as if there were zeros around
 * it; the others run on what the tiles make, joined. So tiles need nothing of each other.
 *
 * <p>To be trained, each tile is a branch of its own, {@code tile1.} and so on, and all share the
 * weights. To be run, the network has no branches, and a tensor that says by its name in which
 * tiles it is to be made, {@link TrainedTiles}.
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

  /**
   * The network to be run: the same weights, no branches, and {@link TrainedTiles}' tensor.
   *
   * @param levels to which the tiles' answers are rounded; empty if the tensor has what the blocks
   *     make
   */
  public Architecture undivided(Optional<ClippedLevels> levels) {
    GraphProto bare = whole.bare().getGraph();
    Wiring graph = new Wiring(bare);
    String apart = TrainedTiles.name(tiles.size() / columns(), columns());
    String made = levels.isPresent() ? "made" : apart;
    for (NodeProto block : blocks) {
      boolean last = block.getOutput(0).equals(joined());
      graph.node(last ? block.toBuilder().setName(made).setOutput(0, made) : block.toBuilder());
    }
    if (levels.isPresent()) {
      graph.levels(levels.get(), true);
      graph.answer(apart, made, true);
      graph.add("Mul", joined(), apart, "step");
    } else {
      graph.add("Identity", joined(), apart);
    }
    graph.nodes(rest);
    return Architecture.of(
        "%s-%s".formatted(whole.name(), apart),
        whole.bare().toBuilder().setGraph(graph.built()).build());
  }

  private int columns() {
    return (int)
        tiles.stream().filter(tile -> tile.along(Strip.ROWS).orElseThrow().from() == 0).count();
  }

  private Architecture architecture(Optional<ClippedLevels> levels, boolean rounded) {
    GraphProto bare = whole.bare().getGraph();
    Wiring graph = new Wiring(bare);
    levels.ifPresent(each -> graph.levels(each, rounded));
    for (int tile = 0; tile < tiles.size(); tile++) {
      branch(graph, tile, levels, rounded);
    }
    join(graph, levels.filter(each -> rounded));
    graph.nodes(rest);
    Architecture tiled =
        Architecture.of(
            "%s-%d-tiles".formatted(whole.name(), tiles.size()),
            whole.bare().toBuilder().setGraph(graph.built()).build());
    check(tiled);
    return tiled;
  }

  private void branch(Wiring graph, int tile, Optional<ClippedLevels> levels, boolean rounded) {
    String stem = name(tile) + ".";
    List<Long> image = whole.image();
    Span rows = seen(tiles.get(tile), Strip.ROWS, image.get(1));
    Span columns = seen(tiles.get(tile), Strip.COLUMNS, image.get(2));
    graph.numbers(stem + "from", rows.from(), columns.from());
    graph.numbers(stem + "to", rows.to(), columns.to());
    String x = stem + "image";
    String input = graph.input();
    graph.add("Slice", x, input, stem + "from", stem + "to", "rows-and-columns");
    if (tile == 0) {
      graph.numbers("rows-and-columns", Strip.ROWS, Strip.COLUMNS);
    }
    for (int i = 0; i < blocks.size(); i++) {
      NodeProto block = blocks.get(i);
      boolean last = i == blocks.size() - 1 && levels.isEmpty();
      String y = last ? name(tile) : stem + block.getOutput(0);
      graph.node(block.toBuilder().setName(y).setInput(0, x).setOutput(0, y));
      x = y;
    }
    if (levels.isPresent()) {
      graph.answer(name(tile), x, rounded);
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
  private void join(Wiring graph, Optional<ClippedLevels> levels) {
    List<String> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    for (int tile = 0; tile < tiles.size(); tile++) {
      row.add(name(tile));
      boolean ends =
          tile == tiles.size() - 1
              || tiles.get(tile + 1).along(Strip.COLUMNS).orElseThrow().from() == 0;
      if (ends) {
        rows.add("row" + (rows.size() + 1));
        graph.concat(rows.get(rows.size() - 1), row, Strip.COLUMNS);
        row.clear();
      }
    }
    graph.concat(levels.isPresent() ? "levels" : joined(), rows, Strip.ROWS);
    if (levels.isPresent()) {
      graph.add("Mul", joined(), "levels", "step");
    }
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
