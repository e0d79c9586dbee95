package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.HashMap;
import java.util.Map;

/**
 * What of each layer of a run is made twice for each cut across an axis, at least: windows that
 * reach over the cut belong to both sides. Least at the ends of the axis, where less than a whole
 * window lies on one side.
 */
final class Overlap {
  private final Map<Integer, double[]> twice = new HashMap<>(); // by axis, [layer] share of it

  Overlap(Funnel funnel, Piece whole) {
    for (Strip strip : whole.strips()) {
      twice.put(strip.axis(), least(funnel, strip));
    }
  }

  private static double[] least(Funnel funnel, Strip strip) {
    long length = strip.span().length();
    Footprint all = funnel.footprint(Piece.of(strip.axis(), strip.span()));
    double[] least = {};
    for (long cut : new long[] {1, 2, length / 2, length - 2, length - 1}) {
      if (cut > 0 && cut < length) {
        double[] before = shares(funnel, strip.axis(), new Span(0, cut), all);
        double[] behind = shares(funnel, strip.axis(), new Span(cut, length), all);
        least = least.length == 0 ? new double[before.length] : least;
        for (int layer = 0; layer < least.length; layer++) {
          double made = Math.max(0, before[layer] + behind[layer] - 1);
          least[layer] = cut == 1 ? made : Math.min(least[layer], made);
        }
      }
    }
    return least;
  }

  private static double[] shares(Funnel funnel, int axis, Span span, Footprint all) {
    return funnel.footprint(Piece.of(axis, span)).layerShares(all);
  }

  /** How often a layer is made, all pieces together, if an axis is cut into so many. */
  double times(int layer, int axis, int parts) {
    double[] share = twice.get(axis);
    return share == null ? 1 : 1 + (parts - 1) * share[layer];
  }
}
