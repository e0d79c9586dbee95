package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles of a map in rows and columns.
 *
 * @param rows of tiles, at least 1
 * @param columns of tiles, at least 1
 */
public record Grid(int rows, int columns) {
  public Grid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "A grid has at least one row and one column, not %d x %d.".formatted(rows, columns));
    }
  }

  /**
   * The tiles, row by row.
   *
   * @param height of the map
   * @param width of the map
   * @throws IllegalArgumentException if the map has fewer rows or columns than the grid
   */
  public List<Piece> tiles(long height, long width) {
    List<Piece> tiles = new ArrayList<>();
    for (Span down : even(height, rows)) {
      for (Span across : even(width, columns)) {
        tiles.add(Piece.tile(down, across));
      }
    }
    return tiles;
  }

  /** Parts that differ by one place at most, longer ones first. */
  private static List<Span> even(long length, int parts) {
    if (parts > length) {
      throw new IllegalArgumentException(
          "A map that is %d long is cut into at most as many parts, not %d. Use a coarser grid or fewer fused layers."
              .formatted(length, parts));
    }
    List<Span> spans = new ArrayList<>();
    long from = 0;
    for (int part = 0; part < parts; part++) {
      long to = from + (length - from + parts - part - 1) / (parts - part);
      spans.add(new Span(from, to));
      from = to;
    }
    return spans;
  }

  /** This one and those with one row and one column more each, as long as both are few enough. */
  List<Grid> finer(int most) {
    List<Grid> grids = new ArrayList<>();
    for (int more = 0; Math.max(rows, columns) + more <= most; more++) {
      grids.add(new Grid(rows + more, columns + more));
    }
    return grids;
  }

  /** As people write it: {@code 5x5}. */
  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
