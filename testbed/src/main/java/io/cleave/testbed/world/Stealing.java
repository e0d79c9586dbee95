package io.cleave.testbed.world;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Pieces that are stolen: each machine takes the next one when it is through with the one before;
 * one that is made of others takes from these what is there then, or is made alone.
 */
final class Stealing {
  private final Scatter scatter;
  private final Journey journey;
  private final Frames frames;
  private int[] taken = {}; // [frame] the first so many
  private BitSet[] made = {}; // [frame] those that are there
  private int[] place = {}; // [piece] in the line

  Stealing(Scatter scatter, Journey journey, Frames frames) {
    this.scatter = scatter;
    this.journey = journey;
    this.frames = frames;
  }

  /** Each machine takes a piece, the device last. */
  void start(int frame) {
    room(frame);
    taken[frame] = 0;
    made[frame] = new BitSet();
    for (int helper = 1; helper < pieces(frame)[0].length; helper++) {
      takeNext(frame, helper);
    }
    takeNext(frame, 0);
  }

  /** A frame's present leg: [piece][machine] ways; none if its pieces are not stolen. */
  private CompiledPlan[][] pieces(int frame) {
    return frames.plan[frame].stealable[frames.hop[frame]];
  }

  /**
   * A machine that has nothing to do takes the next piece, if there is one.
   *
   * @param machine 0 for the device
   */
  void takeNext(int frame, int machine) {
    CompiledPlan[][] pieces = pieces(frame);
    if (pieces.length == 0 || taken[frame] == pieces.length) {
      return;
    }
    int next = taken[frame];
    CompiledPlan way = pieces[next][machine];
    if (!scatter.trusts(frame, way.servers[0])) {
      return;
    }
    taken[frame]++;
    int piece = scatter.open(frame, reuses(frame, next) ? reusing(frame, next)[machine] : way);
    room(piece);
    place[piece] = next;
    if (machine == 0) {
      scatter.deviceTakes(piece);
    }
    journey.advance(piece);
  }

  /** True if a piece is made of others, and they are there. */
  private boolean reuses(int frame, int next) {
    for (int source : frames.plan[frame].sources[frames.hop[frame]][next]) {
      if (!made[frame].get(source)) {
        return false;
      }
    }
    return reusing(frame, next).length > 0;
  }

  private CompiledPlan[] reusing(int frame, int next) {
    return frames.plan[frame].reusing[frames.hop[frame]][next];
  }

  /** A piece is there; true if it is one of these. */
  boolean made(int piece) {
    int frame = frames.parent[piece];
    boolean stolen = pieces(frame).length > 0;
    if (stolen) {
      made[frame].set(place[piece]);
    }
    return stolen;
  }

  /** Who has a piece, as a place among its ways. */
  int machine(int piece) {
    CompiledPlan[][] pieces = pieces(frames.parent[piece]);
    int machine = 0;
    while (pieces[0][machine].servers[0] != frames.plan[piece].servers[0]) {
      machine++;
    }
    return machine;
  }

  private void room(int slot) {
    if (slot >= taken.length) {
      int length = Math.max(2 * taken.length, slot + 1);
      taken = Arrays.copyOf(taken, length);
      made = Arrays.copyOf(made, length);
      place = Arrays.copyOf(place, length);
    }
  }
}
