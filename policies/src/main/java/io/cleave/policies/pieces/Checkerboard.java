package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A grid of tiles, coloured as a checkerboard: tiles whose row and column are together even are
 * made first, with all their halo; the others, whose neighbours are all of the first colour, take
 * from these what overlaps.
 *
 * <p><b>Source:</b> the reuse-aware schedule of DeepThings (Zhao, Barijough, Gerstlauer, TCAD
 * 2018).
 *
 * @param rowEnds behind the last place of each row of tiles, ascending from above 0
 * @param columnEnds the same of each column
 */
public record Checkerboard(List<Long> rowEnds, List<Long> columnEnds) {
  public Checkerboard {
    rowEnds = List.copyOf(rowEnds);
    columnEnds = List.copyOf(columnEnds);
    if (!ascend(rowEnds) || !ascend(columnEnds)) {
      throw new IllegalArgumentException(
          "Rows and columns of a checkerboard end one behind the other, from 1 on, not at %s and %s."
              .formatted(rowEnds, columnEnds));
    }
  }

  private static boolean ascend(List<Long> ends) {
    long before = 0;
    for (long end : ends) {
      if (end <= before) {
        return false;
      }
      before = end;
    }
    return before > 0;
  }

  /**
   * The grid that tiles are together, in any order.
   *
   * @throws IllegalArgumentException if they are not tiles of one grid, each once
   */
  public static Checkerboard of(List<Piece> tiles) {
    TreeSet<Long> rows = new TreeSet<>();
    TreeSet<Long> columns = new TreeSet<>();
    for (Piece tile : tiles) {
      if (!isTile(tile.strips())) {
        throw new IllegalArgumentException(
            "Tiles of a checkerboard are cut along rows and columns, not as %s.".formatted(tile));
      }
      rows.add(tile.strips().get(0).span().to());
      columns.add(tile.strips().get(1).span().to());
    }
    Checkerboard board = new Checkerboard(List.copyOf(rows), List.copyOf(columns));
    HashSet<Piece> met = new HashSet<>();
    for (Piece tile : tiles) {
      if (!board.has(tile.strips()) || !met.add(tile)) {
        throw new IllegalArgumentException(
            "Tiles of a checkerboard lie in rows and columns, each once, but %s is none of %s."
                .formatted(tile, board));
      }
    }
    if (met.size() != board.rows() * board.columns()) {
      throw new IllegalArgumentException(
          "%s has %d tiles, not %d.".formatted(board, board.rows() * board.columns(), met.size()));
    }
    return board;
  }

  /** Why tiles of a run cannot reuse what their neighbours made; empty if they can. */
  public static Optional<String> obstacle(DnnGraph graph, LayerSet run) {
    return Weave.obstacle(graph, run);
  }

  /** True if these cross in the places of one of the tiles. */
  boolean has(List<Strip> strips) {
    return isTile(strips)
        && cut(rowEnds).contains(strips.get(0).span())
        && cut(columnEnds).contains(strips.get(1).span());
  }

  private static boolean isTile(List<Strip> strips) {
    return strips.size() == 2
        && strips.get(0).axis() == Strip.ROWS
        && strips.get(1).axis() == Strip.COLUMNS;
  }

  private static List<Span> cut(List<Long> ends) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      spans.add(span(ends, i));
    }
    return spans;
  }

  private static Span span(List<Long> ends, int place) {
    return new Span(place == 0 ? 0 : ends.get(place - 1), ends.get(place));
  }

  /** How many rows of tiles there are. */
  public int rows() {
    return rowEnds.size();
  }

  /** How many columns of tiles there are. */
  public int columns() {
    return columnEnds.size();
  }

  private Span row(int row) {
    return span(rowEnds, row);
  }

  private Span column(int column) {
    return span(columnEnds, column);
  }

  /** Of each row of tiles. */
  List<Span> rowSpans() {
    return cut(rowEnds);
  }

  /** Of each column of tiles. */
  List<Span> columnSpans() {
    return cut(columnEnds);
  }

  int rowOf(Piece tile) {
    return rowEnds.indexOf(tile.strips().get(0).span().to());
  }

  int columnOf(Piece tile) {
    return columnEnds.indexOf(tile.strips().get(1).span().to());
  }

  /** True if a tile is one of those that are made first. */
  public boolean isFirst(Piece tile) {
    return (rowOf(tile) + columnOf(tile)) % 2 == 0;
  }

  /** A tile, counted from 0. */
  public Piece tile(int row, int column) {
    return Piece.tile(row(row), column(column)).on(this);
  }

  /** All tiles as they are handed out: those that are made first, then the others; row by row. */
  public List<Piece> line() {
    List<Piece> first = new ArrayList<>();
    List<Piece> then = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        Piece tile = tile(row, column);
        (isFirst(tile) ? first : then).add(tile);
      }
    }
    first.addAll(then);
    return first;
  }

  /** As people write it: {@code rows to [8, 15] and columns to [8, 16]}, ends excluded. */
  @Override
  public String toString() {
    return "rows to %s and columns to %s".formatted(rowEnds, columnEnds);
  }
}
