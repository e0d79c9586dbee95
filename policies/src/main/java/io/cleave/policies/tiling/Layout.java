package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Sharing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pieces of unequal size: who has the larger weight gets the more places. Whose share is no place
 * gets no piece.
 */
final class Layout {
  private Layout() {}

  /** Strips along the longest axis, one behind the other. */
  static List<Sharing.Share> strips(Divisible run, List<Integer> crew, double[] weights) {
    return strips(run, crew, LargestRemainder.split(weights, run.length()));
  }

  /** Strips of so many places each. */
  static List<Sharing.Share> strips(Divisible run, List<Integer> crew, long[] places) {
    List<Sharing.Share> shares = new ArrayList<>();
    long next = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] > 0) {
        Piece piece = Piece.of(run.axis(), new Span(next, next + places[i]));
        shares.add(new Sharing.Share(crew.get(i), piece));
        next += places[i];
      }
    }
    return shares;
  }

  /**
   * Channels of what a run makes, or of what its last layer sums over, one behind the other.
   *
   * @param summed true for the latter
   */
  static List<Sharing.Share> channels(
      Funnel run, List<Integer> crew, double[] weights, boolean summed) {
    long[] places = LargestRemainder.split(weights, run.length(Strip.CHANNELS, summed));
    List<Sharing.Share> shares = new ArrayList<>();
    long next = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] > 0) {
        Span span = new Span(next, next + places[i]);
        Piece piece = summed ? Piece.sum(Strip.CHANNELS, span) : Piece.of(Strip.CHANNELS, span);
        shares.add(new Sharing.Share(crew.get(i), piece));
        next += places[i];
      }
    }
    return shares;
  }

  /**
   * Tiles in bands: each band as high as its machines' weights together, each tile as wide as its
   * machine's weight in its band.
   *
   * @param run with rows and columns to be cut
   * @param columns tiles a band; the crew's count is a multiple of it
   */
  static List<Sharing.Share> bands(
      Divisible run, List<Integer> crew, double[] weights, int columns) {
    int bands = crew.size() / columns;
    double[] heights = new double[bands];
    for (int i = 0; i < weights.length; i++) {
      heights[i / columns] += weights[i];
    }
    long[] rows = LargestRemainder.split(heights, run.length(Strip.ROWS));
    List<Sharing.Share> shares = new ArrayList<>();
    long top = 0;
    for (int band = 0; band < bands; band++) {
      if (rows[band] == 0) {
        continue;
      }
      Span down = new Span(top, top + rows[band]);
      double[] widths = Arrays.copyOfRange(weights, band * columns, (band + 1) * columns);
      long[] places = LargestRemainder.split(widths, run.length(Strip.COLUMNS));
      long left = 0;
      for (int i = 0; i < columns; i++) {
        if (places[i] > 0) {
          Piece tile = Piece.tile(down, new Span(left, left + places[i]));
          shares.add(new Sharing.Share(crew.get(band * columns + i), tile));
          left += places[i];
        }
      }
      top += rows[band];
    }
    return shares;
  }

  /**
   * Rectangles by bisection: the machines in two groups, the map between them along its longer side
   * in the ratio of their weights, and so on until each has its own. Empty if some would get none.
   *
   * @param run with rows and columns to be cut
   */
  static Optional<List<Sharing.Share>> bisected(
      Divisible run, List<Integer> crew, double[] weights) {
    List<Sharing.Share> shares = new ArrayList<>();
    Span rows = Span.whole(run.length(Strip.ROWS));
    Span columns = Span.whole(run.length(Strip.COLUMNS));
    return bisect(rows, columns, crew, weights, shares) ? Optional.of(shares) : Optional.empty();
  }

  private static boolean bisect(
      Span rows, Span columns, List<Integer> crew, double[] weights, List<Sharing.Share> shares) {
    int count = crew.size();
    if (count == 1) {
      shares.add(new Sharing.Share(crew.get(0), Piece.tile(rows, columns)));
      return true;
    }
    int half = count / 2;
    double[] first = Arrays.copyOf(weights, half);
    double[] second = Arrays.copyOfRange(weights, half, count);
    double[] groups = {Sum.of(weights, 0, half), Sum.of(weights, half, count)};
    boolean down = rows.length() >= columns.length();
    Span side = down ? rows : columns;
    long middle = side.from() + LargestRemainder.split(groups, side.length())[0];
    if (middle == side.from() || middle == side.to()) {
      return false;
    }
    Span before = new Span(side.from(), middle);
    Span behind = new Span(middle, side.to());
    return bisect(
            down ? before : rows, down ? columns : before, crew.subList(0, half), first, shares)
        && bisect(
            down ? behind : rows,
            down ? columns : behind,
            crew.subList(half, count),
            second,
            shares);
  }
}
