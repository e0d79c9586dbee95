package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.List;

/**
 * What part of a tensor strips of an axis need at least: a straight line over the part of the axis
 * that they are.
 *
 * <p><b>Source:</b> our own. What a strip needs is concave in where it begins and ends, since
 * windows reach equally far everywhere but for the ends of the tensor; so it lies above the line
 * from the shortest strip to the longest. <b>Assumes</b> that windows grow evenly, as {@link
 * Divisible#dense} does.
 *
 * @param endBase of a strip at an end of the axis, if it had no places; at least 0
 * @param endSlope more if it had all
 * @param midBase the same of one between two others
 * @param midSlope more if that had all
 */
record Line(double endBase, double endSlope, double midBase, double midSlope) {
  private static final int THREE = 3; // places of the shortest axis with one between two others

  /** A piece that begins or ends with the axis. */
  static final int AT_END = 0;

  /** A piece with others on both sides. */
  static final int BETWEEN = 1;

  /** A piece that is all of the axis. */
  static final int WHOLE = 2;

  /** How many places along an axis are told apart. */
  static final int PLACES = 3;

  double base(int place) {
    return place == WHOLE ? 1 : place == AT_END ? endBase : midBase;
  }

  double slope(int place) {
    return place == WHOLE ? 0 : place == AT_END ? endSlope : midSlope;
  }

  /** Of each layer and then of each tensor that is read; time O(layers). */
  static List<Line> all(Funnel funnel, Strip strip) {
    Footprint whole = funnel.footprint(Piece.of(strip.axis(), strip.span()));
    long length = strip.span().length();
    double[][] end = {
      part(funnel, strip, 0, 1, whole),
      part(funnel, strip, length - 1, length, whole),
      part(funnel, strip, 0, length - 1, whole),
      part(funnel, strip, 1, length, whole)
    };
    double[][] mid =
        length < THREE
            ? end
            : new double[][] {
              part(funnel, strip, 1, 2, whole),
              part(funnel, strip, length - 2, length - 1, whole),
              part(funnel, strip, 1, length - 1, whole),
              part(funnel, strip, 1, length - 1, whole)
            };
    long longest = length < THREE ? 1 : length - 2;
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < end[0].length; i++) {
      double[] atEnd = line(end, i, length, length - 1);
      double[] between = line(mid, i, length, longest);
      lines.add(new Line(atEnd[0], atEnd[1], between[0], between[1]));
    }
    return lines;
  }

  private static double[] part(Funnel funnel, Strip strip, long from, long to, Footprint whole) {
    return funnel.footprint(Piece.of(strip.axis(), new Span(from, to))).shares(whole);
  }

  /**
   * Base and slope.
   *
   * @param parts that the two shortest and the two longest strips need
   */
  private static double[] line(double[][] parts, int i, long length, long longest) {
    double shortest = Math.min(parts[0][i], parts[1][i]);
    double most = Math.min(parts[2][i], parts[3][i]);
    if (longest == 1) {
      return new double[] {shortest, 0};
    }
    double slope = (most - shortest) * length / (longest - 1);
    double base = shortest - slope / length;
    return base >= 0
        ? new double[] {base, slope}
        : new double[] {0, Math.min(shortest * length, most * length / longest)};
  }
}
