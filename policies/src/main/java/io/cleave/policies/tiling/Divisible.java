package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run of layers that can be cut into pieces.
 *
 * @param funnel of the run
 * @param whole all that the run makes, along the axes that can be cut: rows, columns or both of an
 *     image, the neurons of a fully connected layer
 * @param axis the longest of them, rows before columns
 * @param dense true if a piece needs at least its share of each tensor: no window skips places
 *     between it and the next, or lies mostly in the padding
 * @param needs of its pieces
 * @param inputBits of what the run reads, 32 bits a value
 * @param outputBits of what it makes
 */
record Divisible(
    Funnel funnel,
    Piece whole,
    int axis,
    boolean dense,
    Needs needs,
    double inputBits,
    double outputBits) {
  private static final int IMAGE_AXES = 4;
  private static final double ROUNDING = 1e-12;

  /** Empty if it stays in one piece: its longest axis cannot be cut. */
  static Optional<Divisible> of(DnnGraph graph, LayerSet layers) {
    List<Integer> outputs = Footprint.outputs(graph, layers);
    if (outputs.size() != 1) {
      return Optional.empty();
    }
    TensorShape made = graph.tensor(outputs.get(0)).shape();
    boolean image = made.rank() == IMAGE_AXES;
    boolean upright = image && made.dim(Strip.ROWS) >= made.dim(Strip.COLUMNS);
    int axis = upright ? Strip.ROWS : made.rank() - 1;
    if (!isCut(graph, layers, made, axis)) {
      return Optional.empty();
    }
    List<Strip> strips = new ArrayList<>(List.of(strip(made, axis)));
    int other = upright ? Strip.COLUMNS : Strip.ROWS;
    if (image && isCut(graph, layers, made, other)) {
      strips.add(strip(made, other));
    }
    Piece whole = new Piece(strips);
    Funnel funnel = Funnel.of(graph, layers);
    Footprint footprint = funnel.footprint(Piece.of(axis, strips.get(0).span()));
    return Optional.of(
        new Divisible(
            funnel,
            whole,
            axis,
            dense(funnel, whole),
            new Needs(funnel, whole),
            footprint.inputBits(),
            footprint.outputBits()));
  }

  private static boolean isCut(DnnGraph graph, LayerSet layers, TensorShape made, int axis) {
    return axis >= 1 && made.dim(axis) >= 2 && Footprint.obstacle(graph, layers, axis).isEmpty();
  }

  /**
   * Looked for at both ends and in the middle of each axis, with pieces of 1, 2, 4 and so on
   * places: what a window needs grows evenly, but for its ends.
   */
  private static boolean dense(Funnel funnel, Piece whole) {
    for (Strip strip : whole.strips()) {
      long length = strip.span().length();
      Footprint all = funnel.footprint(Piece.of(strip.axis(), strip.span()));
      for (long places = 1; places < length; places *= 2) {
        for (long from : new long[] {0, (length - places) / 2, length - places}) {
          Piece piece = Piece.of(strip.axis(), new Span(from, from + places));
          double share = funnel.footprint(piece).leastShareOf(all);
          if (share * length < places * (1 - ROUNDING)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static Strip strip(TensorShape made, int axis) {
    return new Strip(axis, Span.whole(made.dim(axis)));
  }

  LayerSet layers() {
    return funnel.run();
  }

  /** Places along the longest axis. */
  long length() {
    return length(axis);
  }

  /** Places along an axis that can be cut; 1 along any other. */
  long length(int along) {
    for (int i = 0; i < whole.strips().size(); i++) {
      Strip strip = whole.strips().get(i);
      if (strip.axis() == along) {
        return strip.span().length();
      }
    }
    return 1;
  }

  /** True if rows and columns can be cut. */
  boolean isMap() {
    return whole.strips().size() == 2;
  }
}
