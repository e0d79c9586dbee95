package io.cleave.policies.tiling;

import io.cleave.policies.pieces.Strip;

/**
 * How large the tensor is that a run makes: runs of one size are laid out alike.
 *
 * @param axis the longest
 * @param map true if rows and columns can be cut
 * @param length places along the longest axis
 * @param rows places, 1 if they cannot be cut
 * @param columns places, 1 if they cannot be cut
 */
record MapSize(int axis, boolean map, long length, long rows, long columns) {
  static MapSize of(Divisible run) {
    return new MapSize(
        run.axis(), run.isMap(), run.length(), run.length(Strip.ROWS), run.length(Strip.COLUMNS));
  }
}
