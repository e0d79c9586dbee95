package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows each of some machines has of what is there at every place at which a run may end: in
 * proportion to weights.
 */
final class RowStrips {
  private final long[] rows;
  private final List<Integer> crew;
  private final double[] weights;
  private final Span[][] strips; // [place][machine]; as they are asked for

  /**
   * @param rows [place] of the image there
   * @param crew the machines
   * @param weights [machine] in proportion to which it gets rows
   */
  RowStrips(long[] rows, List<Integer> crew, double[] weights) {
    this.rows = rows;
    this.crew = crew;
    this.weights = weights;
    this.strips = new Span[rows.length][];
  }

  /** [place] how many rows there are; 0 if what is there is no image. */
  static long[] rows(DnnGraph graph, Runs runs) {
    long[] rows = new long[runs.count()];
    for (int place = 1; place < rows.length; place++) {
      List<Integer> made = Footprint.outputs(graph, runs.layers(place - 1, place));
      TensorShape shape = graph.tensor(made.get(made.size() - 1)).shape();
      rows[place] = made.size() == 1 && shape.rank() == 4 ? shape.dim(Strip.ROWS) : 0;
    }
    return rows;
  }

  List<Integer> crew() {
    return crew;
  }

  /** Of all machines. */
  long rows(int place) {
    return rows[place];
  }

  /** [machine] its rows; none if somebody would get no row, or there are none. */
  Span[] at(int place) {
    if (strips[place] == null) {
      strips[place] = rows[place] == 0 ? new Span[0] : strips(rows[place]);
    }
    return strips[place];
  }

  private Span[] strips(long all) {
    long[] counts = LargestRemainder.split(weights, all);
    if (Arrays.stream(counts).anyMatch(count -> count == 0)) {
      return new Span[0];
    }
    Span[] made = new Span[counts.length];
    long next = 0;
    for (int i = 0; i < made.length; i++) {
      made[i] = new Span(next, next + counts[i]);
      next += counts[i];
    }
    return made;
  }

  /** The strips of what is there at a place; empty if it cannot be made so. */
  List<Piece> pieces(int place) {
    return Arrays.stream(at(place)).map(strip -> Piece.of(Strip.ROWS, strip)).toList();
  }

  /** True if everybody gets a row of what is there at all places but the first. */
  boolean canEnd(List<Integer> places) {
    return places.stream().skip(1).allMatch(place -> at(place).length > 0);
  }
}
