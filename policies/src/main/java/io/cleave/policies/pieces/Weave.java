package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkerboard over a run of layers in a chain: what each tile that is made later computes, and
 * which patches of the tensors between it takes from which neighbour.
 *
 * <p>Above and below lie tiles with the same columns, and need, of each tensor, the same columns:
 * so what they made of it spans all columns that the tile reads. Beside it lie tiles with the same
 * rows; they have what is left at the sides of the rows between. So what is left to compute is a
 * rectangle, and grows smaller the further back a tensor lies, while what a tile alone would need
 * grows. Where nothing is left, no layer before is run.
 *
 * <p><b>Source:</b> the reuse of overlapped data in DeepThings (Zhao, Barijough, Gerstlauer, TCAD
 * 2018). <b>Complexity:</b> O(layers x (rows + columns)), and O(layers) a tile. <b>Differs:</b> any
 * window, stride, dilation and padding; only what is read is handed on.
 */
final class Weave {
  private final DnnGraph graph;
  private final Checkerboard board;
  private final int[] tensors; // what the run reads, and what each of its layers makes
  private final Lane rows;
  private final Lane columns;
  private final Map<Piece, Strands> known = new HashMap<>(); // as they are asked

  /**
   * @throws IllegalArgumentException if the layers are no chain of windows
   */
  Weave(Funnel funnel, Checkerboard board) {
    Footprint.refuse(obstacle(funnel.graph, funnel.run()));
    this.graph = funnel.graph;
    this.board = board;
    this.tensors = new int[funnel.layers.length + 1];
    tensors[0] = graph.layer(funnel.layers[0]).inputs().get(0);
    for (int i = 0; i < funnel.layers.length; i++) {
      tensors[i + 1] = graph.layer(funnel.layers[i]).outputs().get(0);
    }
    checkWhole(board.rowEnds(), Strip.ROWS);
    checkWhole(board.columnEnds(), Strip.COLUMNS);
    this.rows = lane(board.rowSpans(), Strip.ROWS);
    this.columns = lane(board.columnSpans(), Strip.COLUMNS);
  }

  private void checkWhole(List<Long> ends, int axis) {
    long length = graph.tensor(tensors[tensors.length - 1]).shape().dim(axis);
    if (ends.get(ends.size() - 1) != length) {
      throw new IllegalArgumentException(
          "A checkerboard of what is %d long along axis %d ends there, not at %d."
              .formatted(length, axis, ends.get(ends.size() - 1)));
    }
  }

  private Lane lane(List<Span> tiles, int axis) {
    long[] length = new long[tensors.length];
    ReceptiveField.Sliding[] windows = new ReceptiveField.Sliding[tensors.length - 1];
    for (int i = 0; i < tensors.length; i++) {
      length[i] = graph.tensor(tensors[i]).shape().dim(axis);
      if (i > 0) {
        Layer layer = graph.layer(graph.tensor(tensors[i]).producer());
        windows[i - 1] = (ReceptiveField.Sliding) layer.division().along(axis).orElseThrow();
      }
    }
    return new Lane(tiles, windows, length);
  }

  /** Why tiles of a run cannot reuse what their neighbours made; empty if they can. */
  static Optional<String> obstacle(DnnGraph graph, LayerSet run) {
    int before = -1;
    for (int i = run.next(0); i >= 0; i = run.next(i + 1)) {
      Layer layer = graph.layer(i);
      boolean chained =
          layer.inputs().size() == 1
              && (before < 0
                  || (layer.inputs().equals(graph.layer(before).outputs())
                      && graph.consumers(layer.inputs().get(0)).length == 1));
      if (!chained) {
        return Optional.of(
            "Layer %s of %s is not one of a chain: overlaps are reused in chains only."
                .formatted(layer.name(), graph.name()));
      }
      if (!slides(graph, layer, Strip.ROWS) || !slides(graph, layer, Strip.COLUMNS)) {
        return Optional.of(
            "Layer %s of %s, a %s, has no window that slides over rows and columns and always meets some: nothing of it is reused."
                .formatted(layer.name(), graph.name(), layer.operator()));
      }
      before = i;
    }
    return Optional.empty();
  }

  private static boolean slides(DnnGraph graph, Layer layer, int axis) {
    if (layer.division().along(axis).orElse(ReceptiveField.EVERYTHING)
        instanceof ReceptiveField.Sliding window) {
      long made = graph.tensor(layer.outputs().get(0)).shape().dim(axis);
      long read = graph.tensor(layer.inputs().get(0)).shape().dim(axis);
      return window.padding() < window.reach()
          && (made - 1) * window.stride() - window.padding() < read;
    }
    return false;
  }

  /** What becomes of one tile. */
  Strands strands(Piece tile) {
    Strands found = known.get(tile);
    if (found == null) {
      int row = board.rowOf(tile);
      int column = board.columnOf(tile);
      found = board.isFirst(tile) ? handing(row, column) : taking(row, column);
      known.put(tile, found);
    }
    return found;
  }

  private Strands handing(int row, int column) {
    Piece tile = board.tile(row, column);
    Map<Integer, Piece> all = new HashMap<>();
    for (int i = 0; i < tensors.length; i++) {
      all.put(tensors[i], Piece.tile(rows.needed(row, i), columns.needed(column, i)));
    }
    List<Strands.Overlap> handed = new ArrayList<>();
    for (Piece neighbour : neighbours(row, column)) {
      strands(neighbour).overlaps().stream()
          .filter(overlap -> overlap.source().equals(tile))
          .filter(overlap -> !handed.contains(overlap))
          .forEach(handed::add);
    }
    return new Strands(all, all, handed);
  }

  private List<Piece> neighbours(int row, int column) {
    List<Piece> neighbours = new ArrayList<>();
    tile(row - 1, column).ifPresent(neighbours::add);
    tile(row, column - 1).ifPresent(neighbours::add);
    tile(row, column + 1).ifPresent(neighbours::add);
    tile(row + 1, column).ifPresent(neighbours::add);
    return neighbours;
  }

  private Optional<Piece> tile(int row, int column) {
    boolean there = row >= 0 && row < board.rows() && column >= 0 && column < board.columns();
    return there ? Optional.of(board.tile(row, column)) : Optional.empty();
  }

  private Strands taking(int row, int column) {
    List<Lane.Rest> down = rows.rests(row);
    List<Lane.Rest> across = columns.rests(column);
    Map<Integer, Piece> made = new HashMap<>();
    Map<Integer, Piece> held = new HashMap<>();
    List<Strands.Overlap> taken = new ArrayList<>();
    for (int i = 0; i < Math.min(down.size(), across.size()); i++) {
      int tensor = tensors[tensors.length - 1 - i];
      Lane.Rest high = down.get(i);
      Lane.Rest wide = across.get(i);
      held.put(tensor, Piece.tile(high.read(), wide.read()));
      high.before().ifPresent(r -> take(taken, tensor, r, wide.read(), row - 1, column));
      high.behind().ifPresent(r -> take(taken, tensor, r, wide.read(), row + 1, column));
      if (high.between().isPresent()) {
        Span middle = high.between().get();
        wide.before().ifPresent(c -> take(taken, tensor, middle, c, row, column - 1));
        wide.behind().ifPresent(c -> take(taken, tensor, middle, c, row, column + 1));
        wide.between().ifPresent(c -> made.put(tensor, Piece.tile(middle, c)));
      }
    }
    return new Strands(made, held, taken);
  }

  private void take(
      List<Strands.Overlap> taken, int tensor, Span down, Span across, int row, int column) {
    Patch patch = Patch.overlap(graph, tensor, Piece.tile(down, across));
    taken.add(new Strands.Overlap(patch, board.tile(row, column)));
  }
}
