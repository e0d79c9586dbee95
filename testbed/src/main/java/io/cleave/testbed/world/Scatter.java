package io.cleave.testbed.world;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The shared legs that a device's frames are in: each piece travels on its own to its helper and
 * back, and the frame goes on when all are there.
 *
 * <p>As between real agents: a piece whose upload is dropped is made by the device at once. One
 * that is missing when the device has nothing else to do is waited for as long as making it here
 * would take, and then made here as well, whichever is first. A helper that was late is asked for
 * no other piece of the frame. Of pieces that are stolen each machine takes the next one when it is
 * through with the one before; one that is made of others takes from these what is there then, or
 * is made alone. Where the plan takes zeros for what is missing, helpers' pieces that are not there
 * by then are dropped and counted.
 */
final class Scatter {
  /** Who is later than this is late, however small the piece. */
  private static final double LEAST_PATIENCE_SECONDS = 0.05;

  private final Journey journey;
  private final Clock clock;
  private final Frames frames;
  private final DeviceCpu device;
  private int[] missing = {}; // [frame] pieces that are not there yet, the device's own included
  private int[] working = {}; // [frame] pieces that the device works on or has before it
  private int[] taken = {}; // [frame] of the pieces that are stolen, the first so many
  private int[] first = {}; // [frame] of its helpers' pieces that are missing
  private int[] sibling = {}; // [piece] the next of them, or NONE
  private int[] place = {}; // [piece] among those that are stolen
  private BitSet[] made = {}; // [frame] of the pieces that are stolen, those that are there
  private boolean[] here = {}; // [piece] true if the device makes it, too
  private BitSet[] slack = {}; // [frame] servers that were late
  private long[] slackOf = {}; // [frame] number of the frame that they were late for

  Scatter(Journey journey, Party party) {
    this.journey = journey;
    this.clock = party.clock();
    this.frames = party.frames();
    this.device = party.device();
  }

  /** A frame has come to a shared leg: pieces go out, and the device begins its own. */
  void start(int frame) {
    CompiledPlan plan = frames.plan[frame];
    int hop = frames.hop[frame];
    room(frame);
    first[frame] = Frames.NONE;
    taken[frame] = 0;
    working[frame] = 0;
    if (plan.zerosAfter[hop] < Double.POSITIVE_INFINITY) {
      clock.timers.set(clock.ofFrame(frame, Clock.ZEROS), clock.now() + plan.zerosAfter[hop]);
    }
    if (plan.stealable[hop].length > 0) {
      made[frame] = new BitSet();
      missing[frame] = plan.stealable[hop].length;
      for (int helper = 1; helper < plan.stealable[hop][0].length; helper++) {
        takeNext(frame, helper);
      }
      takeNext(frame, 0);
      proceed(frame);
      return;
    }
    missing[frame] = plan.pieces[hop].length;
    for (int i = plan.pieces[hop].length - 1; i >= 0; i--) {
      open(frame, plan.pieces[hop][i]);
    }
    if (plan.amounts[hop] > 0) {
      missing[frame]++;
      working[frame]++;
      device.ready(frame, false);
    }
    for (int piece = first[frame]; piece != Frames.NONE; piece = sibling[piece]) {
      if (slack(frame).get(server(piece))) {
        make(piece);
      } else {
        journey.advance(piece);
      }
    }
    proceed(frame);
  }

  /** A piece of a frame begins its way; it is the first of those that are missing. */
  private int open(int frame, CompiledPlan way) {
    int piece = frames.openPiece(frame, way);
    room(piece);
    here[piece] = false;
    sibling[piece] = first[frame];
    first[frame] = piece;
    return piece;
  }

  /**
   * A machine that has nothing to do takes the next of the pieces that are stolen, if there is one.
   *
   * @param machine 0 for the device
   */
  private void takeNext(int frame, int machine) {
    CompiledPlan[][] pieces = frames.plan[frame].stealable[frames.hop[frame]];
    if (taken[frame] == pieces.length) {
      return;
    }
    int next = taken[frame];
    CompiledPlan way = pieces[next][machine];
    boolean mine = machine == 0;
    if (!mine && slack(frame).get(way.servers[0])) {
      return;
    }
    taken[frame]++;
    int piece = open(frame, reuses(frame, next) ? reusing(frame, next)[machine] : way);
    place[piece] = next;
    here[piece] = mine;
    working[frame] += mine ? 1 : 0;
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

  private boolean isStolen(int frame) {
    return frames.plan[frame].stealable[frames.hop[frame]].length > 0;
  }

  private int machine(int frame, CompiledPlan way) {
    CompiledPlan[][] pieces = frames.plan[frame].stealable[frames.hop[frame]];
    int machine = 0;
    while (pieces[0][machine].servers[0] != way.servers[0]) {
      machine++;
    }
    return machine;
  }

  /** The device is through with its own piece. */
  void madeOwn(int frame) {
    working[frame]--;
    missing[frame]--;
    proceed(frame);
  }

  /** The device is through with a piece, before its helper if it has one. */
  void madeHere(int piece) {
    int frame = frames.parent[piece];
    journey.cancelWay(piece);
    working[frame]--;
    if (isStolen(frame)) {
      made[frame].set(place[piece]);
    }
    if (working[frame] == 0) {
      takeNext(frame, 0);
    }
    arrived(piece);
  }

  /** A helper's piece is back. */
  void back(int piece) {
    int frame = frames.parent[piece];
    if (here[piece]) {
      device.cancel(piece, true);
      working[frame]--;
    }
    if (isStolen(frame)) {
      made[frame].set(place[piece]);
      takeNext(frame, machine(frame, frames.plan[piece]));
    }
    arrived(piece);
  }

  /** A piece will not come back from its helper. */
  void lost(int piece) {
    slack(frames.parent[piece]).set(server(piece));
    make(piece);
  }

  /** The device makes what is missing. */
  void waitedEnough(int frame) {
    for (int piece = first[frame]; piece != Frames.NONE; piece = sibling[piece]) {
      lost(piece);
    }
  }

  /** Helpers' pieces that are missing are zeros from now on. */
  void takeZeros(int frame) {
    int next = Frames.NONE;
    for (int piece = first[frame]; piece != Frames.NONE; piece = next) {
      next = sibling[piece];
      if (server(piece) >= 0) {
        slack(frame).set(server(piece));
        if (here[piece]) {
          device.cancel(piece, true);
          working[frame]--;
        }
        journey.cancelWay(piece);
        frames.zeros[frame]++;
        remove(piece);
      }
    }
    proceed(frame);
  }

  private void make(int piece) {
    if (!here[piece]) {
      here[piece] = true;
      working[frames.parent[piece]]++;
      device.ready(piece, true);
    }
  }

  private void arrived(int piece) {
    int frame = frames.parent[piece];
    remove(piece);
    proceed(frame);
  }

  private void remove(int piece) {
    int frame = frames.parent[piece];
    if (first[frame] == piece) {
      first[frame] = sibling[piece];
    } else {
      int before = first[frame];
      while (sibling[before] != piece) {
        before = sibling[before];
      }
      sibling[before] = sibling[piece];
    }
    frames.closePiece(piece);
    missing[frame]--;
  }

  /** All are there, or the device has nothing to do but wait. */
  private void proceed(int frame) {
    int patience = clock.ofFrame(frame, Clock.HEDGE);
    if (missing[frame] == 0) {
      clock.timers.clear(patience);
      clock.timers.clear(clock.ofFrame(frame, Clock.ZEROS));
      journey.nextLeg(frame);
    } else if (working[frame] == 0 && !clock.timers.isSet(patience)) {
      double seconds = 0;
      for (int piece = first[frame]; piece != Frames.NONE; piece = sibling[piece]) {
        seconds += frames.plan[piece].restSeconds;
      }
      clock.timers.set(patience, clock.now() + Math.max(LEAST_PATIENCE_SECONDS, seconds));
    }
  }

  private int server(int piece) {
    return frames.plan[piece].servers[0];
  }

  private BitSet slack(int frame) {
    if (slackOf[frame] != frames.number[frame]) {
      slackOf[frame] = frames.number[frame];
      slack[frame] = new BitSet();
    }
    return slack[frame];
  }

  private void room(int slot) {
    int old = missing.length;
    if (slot >= old) {
      int length = Math.max(2 * old, slot + 1);
      missing = Arrays.copyOf(missing, length);
      working = Arrays.copyOf(working, length);
      taken = Arrays.copyOf(taken, length);
      first = Arrays.copyOf(first, length);
      sibling = Arrays.copyOf(sibling, length);
      place = Arrays.copyOf(place, length);
      made = Arrays.copyOf(made, length);
      here = Arrays.copyOf(here, length);
      slack = Arrays.copyOf(slack, length);
      slackOf = Arrays.copyOf(slackOf, length);
      Arrays.fill(slackOf, old, length, -1);
    }
  }
}
