package io.cleave.testbed.reproduce;

import io.cleave.policies.separable.ObservedSpeeds;
import io.cleave.policies.separable.TileAllocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Frame after frame on boards of which one answers no more from some frame on: tiles go by observed
 * speed, and those that are not back at the deadline are taken for zeros.
 *
 * @param tiles what runs
 * @param boards how many
 * @param dead which of them dies, not 0
 * @param deadline seconds until all tiles have to be back
 * @param gain weight of a frame in the observed speed
 */
record DyingBoard(LoneTiles tiles, int boards, int dead, double deadline, double gain) {
  /**
   * A frame.
   *
   * @param seconds until its answer
   * @param missing tiles that were zeros
   */
  record Frame(double seconds, int missing) {}

  /**
   * All frames in their order.
   *
   * @param last frame that the board still answers, from 0
   */
  List<Frame> frames(int count, int last) {
    List<Integer> room = Collections.nCopies(boards, tiles.tiles());
    ObservedSpeeds speeds = ObservedSpeeds.equal(boards, tiles.tiles() / (double) boards);
    List<Frame> frames = new ArrayList<>();
    for (int frame = 0; frame < count; frame++) {
      List<Integer> given = TileAllocation.of(tiles.tiles(), speeds, room);
      List<Integer> answered = new ArrayList<>(given);
      int missing = frame > last ? given.get(dead) : 0;
      answered.set(dead, given.get(dead) - missing);
      double waited = missing > 0 ? deadline : tiles.gathered(given);
      frames.add(new Frame(waited + tiles.rest(), missing));
      speeds = speeds.after(given, answered, gain);
    }
    return frames;
  }
}
