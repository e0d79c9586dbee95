package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.separable.ObservedSpeeds;
import io.cleave.policies.separable.TileAllocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The cut and grid for tiles without exchange that are soonest done on equal boards, of those whose
 * tiles have at most a share of the work: the deeper the cut, the more accuracy it costs.
 *
 * @param cluster the boards
 * @param boards how many
 * @param answerBits of a value that a tile answers
 * @param mostWork share of the multiply-accumulates that tiles may have, 0 to 1
 */
record LoneTilesSearch(Cluster cluster, int boards, double answerBits, double mostWork) {
  private static final List<Integer> SIDES = List.of(2, 4, 8); // grids of 2x2, 4x4, 8x8

  /**
   * What was found.
   *
   * @param side tiles in a row, and rows
   * @param given tiles of each board
   * @param seconds of a frame, the rest of the network included
   */
  record Best(LoneTiles tiles, int side, List<Integer> given, double seconds) {
    /** Megabytes that cross. */
    double megabytes() {
      return tiles.megabytes(tiles.tiles() - given.get(0));
    }
  }

  /** The soonest done; of several the shallowest cut and coarsest grid. */
  Best best() {
    DnnGraph graph = cluster.observation().graph();
    List<Best> all = new ArrayList<>();
    for (int side : SIDES) {
      int count = side * side;
      List<Integer> given =
          TileAllocation.of(
              count, ObservedSpeeds.equal(boards, 1), Collections.nCopies(boards, count));
      for (int cut : LoneTiles.cuts(graph, side)) {
        LoneTiles tiles = new LoneTiles(cluster.observation(), cut, count, answerBits);
        if (tiles.share() <= mostWork) {
          all.add(new Best(tiles, side, given, tiles.gathered(given) + tiles.rest()));
        }
      }
    }
    Best best = all.get(0);
    for (Best each : all) {
      best = each.seconds() < best.seconds() ? each : best;
    }
    return best;
  }

  /** Times faster than one board; below 1 if slower. */
  double speedup() {
    return cluster.alone() / best().seconds();
  }
}
