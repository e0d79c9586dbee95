package io.cleave.testbed.world;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The shared legs that a device's frames are in: each piece travels on its own to its helper and
 * back, and the frame goes on when all are there.
 *
 * <p>As between real agents: a piece whose upload is dropped is made by the device at once. One
 * that is missing when the device is through with its own is waited for as long as making it here
 * would take, and then made here as well, whichever is first. A helper that was late is asked for
 * no other piece of the frame.
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
  private int[] first = {}; // [frame] of its helpers' pieces that are missing
  private int[] sibling = {}; // [piece] the next of them, or NONE
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
    int last = Frames.NONE;
    room(frame);
    first[frame] = Frames.NONE;
    for (CompiledPlan way : plan.pieces[hop]) {
      int piece = frames.openPiece(frame, way);
      room(piece);
      here[piece] = false;
      sibling[piece] = Frames.NONE;
      if (last == Frames.NONE) {
        first[frame] = piece;
      } else {
        sibling[last] = piece;
      }
      last = piece;
    }
    missing[frame] = plan.pieces[hop].length;
    working[frame] = 0;
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

  /** The device is through with its own piece. */
  void madeOwn(int frame) {
    working[frame]--;
    missing[frame]--;
    proceed(frame);
  }

  /** The device is through with a helper's piece, before the helper. */
  void madeHere(int piece) {
    journey.cancelWay(piece);
    working[frames.parent[piece]]--;
    arrived(piece);
  }

  /** A helper's piece is back. */
  void back(int piece) {
    if (here[piece]) {
      device.cancel(piece, true);
      working[frames.parent[piece]]--;
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

  private void make(int piece) {
    if (!here[piece]) {
      here[piece] = true;
      working[frames.parent[piece]]++;
      device.ready(piece, true);
    }
  }

  private void arrived(int piece) {
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
    proceed(frame);
  }

  /** All are there, or the device has nothing to do but wait. */
  private void proceed(int frame) {
    int patience = clock.ofFrame(frame, Clock.HEDGE);
    if (missing[frame] == 0) {
      clock.timers.clear(patience);
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
      first = Arrays.copyOf(first, length);
      sibling = Arrays.copyOf(sibling, length);
      here = Arrays.copyOf(here, length);
      slack = Arrays.copyOf(slack, length);
      slackOf = Arrays.copyOf(slackOf, length);
      Arrays.fill(slackOf, old, length, -1);
    }
  }
}
