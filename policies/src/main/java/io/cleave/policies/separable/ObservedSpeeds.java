package io.cleave.policies.separable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many tiles each machine answers before the deadline, as seen so far: s = (1 - g) s + g n for
 * the n tiles that came in time.
 *
 * <p>Source: Zhang, Lin, Zhang, ADCNN, ICPP 2020 (as remembered).
 *
 * <p>Complexity: O(K) a frame for K machines.
 *
 * <p>Differs: (1) a machine that was given less than it could have answered, and answered all, is
 * not taken for slower; (2) one from which nothing has come for long keeps a little speed, {@link
 * #LEAST}, so that it is asked again when all others are taken, never at once.
 *
 * @param tiles a frame of each machine, each above 0
 */
public record ObservedSpeeds(List<Double> tiles) {
  /** What is left of a machine that never answers. */
  public static final double LEAST = 1e-6;

  public ObservedSpeeds {
    tiles = List.copyOf(tiles);
    if (tiles.isEmpty() || tiles.stream().anyMatch(s -> !(s > 0) || s.isInfinite())) {
      throw new IllegalArgumentException(
          "There is at least one machine, each with a finite speed above 0; not %s."
              .formatted(tiles));
    }
  }

  /** Of so many machines nothing is known: all are as fast. */
  public static ObservedSpeeds equal(int machines, double tilesEach) {
    return new ObservedSpeeds(Collections.nCopies(machines, tilesEach));
  }

  /**
   * After a frame.
   *
   * @param given tiles that each machine was given
   * @param answered how many of them came before the deadline, 0 to as many as were given
   * @param gain g, the weight of this frame, above 0 and at most 1
   */
  public ObservedSpeeds after(List<Integer> given, List<Integer> answered, double gain) {
    if (given.size() != tiles.size() || answered.size() != tiles.size()) {
      throw new IllegalArgumentException(
          "There are %d machines; tiles were given to %d and answered by %d."
              .formatted(tiles.size(), given.size(), answered.size()));
    }
    if (!(gain > 0) || gain > 1) {
      throw new IllegalArgumentException(
          "A frame's weight is above 0 and at most 1, not %s.".formatted(gain));
    }
    List<Double> next = new ArrayList<>();
    for (int k = 0; k < tiles.size(); k++) {
      int came = answered.get(k);
      if (came < 0 || came > given.get(k)) {
        throw new IllegalArgumentException(
            "Machine %d answered %d of %d tiles.".formatted(k, came, given.get(k)));
      }
      double before = tiles.get(k);
      boolean told = came < given.get(k) || came > before;
      double now = told ? (1 - gain) * before + gain * came : before;
      next.add(Math.max(LEAST, now));
    }
    return new ObservedSpeeds(next);
  }
}
