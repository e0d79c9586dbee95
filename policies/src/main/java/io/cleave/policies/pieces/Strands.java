package io.cleave.policies.pieces;

import java.util.List;
import java.util.Map;

/**
 * How a tile of a checkerboard is made.
 *
 * @param made by tensor, what is there to compute of it; what the run reads counts as computed. A
 *     tensor of which there is nothing is absent, and so are all before it.
 * @param held by tensor, what is read of it
 * @param overlaps that it takes, or hands on if it is one of those that are made first
 */
record Strands(Map<Integer, Piece> made, Map<Integer, Piece> held, List<Overlap> overlaps) {
  /**
   * What a tile that is made first hands to one of its neighbours.
   *
   * @param source the tile that makes it
   */
  record Overlap(Patch patch, Piece source) {}

  Strands {
    made = Map.copyOf(made);
    held = Map.copyOf(held);
    overlaps = List.copyOf(overlaps);
  }
}
