package io.cleave.testbed.world;

import java.util.Arrays;

/**
 * The shared legs that a device's frames are in: each piece travels on its own to its helper and
 * back, and the frame goes on when all are there.
 *
 * <p>As between real agents: a piece whose upload is dropped is made by the device at once. One
 * that is missing when the device has nothing else to do is waited for as long as making it here
 * would take, and then made here as well, whichever is first. A helper that was late is asked for
 * no other piece of the frame. Pieces may be {@link Stealing stolen}. Where the plan takes zeros
 * for what is missing, helpers' pieces that are not there by then are dropped and counted. Pieces
 * in rounds take {@link Turns turns}.
 */
final class Scatter {
  /** Who is later than this is late, however small the piece. */
  private static final double LEAST_PATIENCE_SECONDS = 0.05;

  private final Journey journey;
  private final Clock clock;
  private final Frames frames;
  private final DeviceCpu device;
  private final Turns turns;
  private final Stealing stealing;
  private final Slack slack;
  private int[] missing = {}; // [frame] pieces that are not there yet, the device's own included
  private int[] working = {}; // [frame] pieces that the device works on or has before it
  private int[] first = {}; // [frame] of its helpers' pieces that are missing
  private int[] sibling = {}; // [piece] the next of them, or NONE
  private boolean[] here = {}; // [piece] true if the device makes it, too

  Scatter(Journey journey, Party party) {
    this.journey = journey;
    this.clock = party.clock();
    this.frames = party.frames();
    this.device = party.device();
    this.turns = new Turns(this, journey, frames);
    this.stealing = new Stealing(this, journey, frames);
    this.slack = new Slack(frames);
  }

  /** A frame has come to a shared leg: pieces go out, and the device begins its own. */
  void start(int frame) {
    CompiledPlan plan = frames.plan[frame];
    int hop = frames.hop[frame];
    room(frame);
    first[frame] = Frames.NONE;
    working[frame] = 0;
    if (plan.zerosAfter[hop] < Double.POSITIVE_INFINITY) {
      clock.timers.set(clock.ofFrame(frame, Clock.ZEROS), clock.now() + plan.zerosAfter[hop]);
    }
    if (plan.stealable[hop].length > 0) {
      missing[frame] = plan.stealable[hop].length;
      stealing.start(frame);
      proceed(frame);
      return;
    }
    if (plan.rounds.get(hop).isPresent()) {
      missing[frame] = plan.rounds.get(hop).get().shares();
      turns.start(frame, plan.rounds.get(hop).get());
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
      if (trusted(piece)) {
        journey.advance(piece);
      } else {
        make(piece);
      }
    }
    proceed(frame);
  }

  /** False if its helper was late for this frame before. */
  boolean trusted(int piece) {
    return trusts(frames.parent[piece], server(piece));
  }

  /**
   * The same of a helper.
   *
   * @param server place in the scenario; below 0 for the device
   */
  boolean trusts(int frame, int server) {
    return server < 0 || !slack.holds(frame, server);
  }

  /** The device takes a piece that is stolen. */
  void deviceTakes(int piece) {
    here[piece] = true;
    working[frames.parent[piece]]++;
  }

  /** The device begins a round of its own piece; it waits for nobody meanwhile. */
  void deviceBegins(int frame) {
    working[frame]++;
    clock.timers.clear(clock.ofFrame(frame, Clock.HEDGE));
  }

  /** The device makes rounds of its own piece no more. */
  void giveUp(int piece, boolean working) {
    this.working[frames.parent[piece]] -= working ? 1 : 0;
    journey.cancelWay(piece);
  }

  /** True for a piece that is made in rounds. */
  boolean inRounds(int slot) {
    return turns.isOf(slot);
  }

  /** The device is through with a round of its own piece. */
  void madeRound(int piece) {
    working[frames.parent[piece]]--;
    journey.nextLeg(piece);
  }

  /** A piece waits for what others hand it, and hands them what it made. */
  void handOver(int piece) {
    turns.handOver(piece);
  }

  /** A piece of a frame begins its way; it is the first of those that are missing. */
  int open(int frame, CompiledPlan way) {
    int piece = frames.openPiece(frame, way);
    room(piece);
    here[piece] = false;
    sibling[piece] = first[frame];
    first[frame] = piece;
    return piece;
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
    stealing.made(piece);
    if (working[frame] == 0) {
      stealing.takeNext(frame, 0);
    }
    if (turns.isWhole(piece)) {
      turns.madeWhole(frame);
      proceed(frame);
    } else {
      arrived(piece);
    }
  }

  /** A piece, or all that the device made instead, is not wanted from anybody any more. */
  void drop(int piece) {
    if (here[piece]) {
      device.cancel(piece, true);
      working[frames.parent[piece]]--;
    }
    journey.cancelWay(piece);
    remove(piece);
  }

  /** A helper's piece is back. */
  void back(int piece) {
    if (turns.isHanding(piece)) {
      turns.arrived(piece);
      return;
    }
    int frame = frames.parent[piece];
    if (here[piece]) {
      device.cancel(piece, true);
      working[frame]--;
    }
    if (stealing.made(piece)) {
      stealing.takeNext(frame, stealing.machine(piece));
    }
    arrived(piece);
  }

  /** A piece will not come back from its helper. */
  void lost(int piece) {
    if (turns.isHanding(piece)) {
      turns.lost(piece);
      return;
    }
    if (server(piece) >= 0) {
      slack.add(frames.parent[piece], server(piece));
    }
    if (turns.isOf(piece)) {
      turns.fail(frames.parent[piece]);
    } else {
      make(piece);
    }
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
        slack.add(frame, server(piece));
        frames.zeros[frame]++;
        drop(piece);
      }
    }
    proceed(frame);
  }

  /** The device makes a piece, in one go, whoever else is at work on it. */
  void make(int piece) {
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

  /** A piece is there, or nobody wants it. */
  void remove(int piece) {
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
    missing[frame] -= turns.isWhole(piece) ? 0 : 1;
    if (turns.isOf(piece)) {
      turns.made(piece);
    }
    frames.closePiece(piece);
  }

  /** All are there, or the device has nothing to do but wait. */
  void proceed(int frame) {
    int patience = clock.ofFrame(frame, Clock.HEDGE);
    if (missing[frame] == 0) {
      clock.timers.clear(patience);
      clock.timers.clear(clock.ofFrame(frame, Clock.ZEROS));
      turns.end(frame);
      journey.nextLeg(frame);
    } else if (working[frame] == 0 && !clock.timers.isSet(patience)) {
      double seconds = turns.wholeSeconds(frame);
      for (int piece = first[frame]; piece != Frames.NONE; piece = sibling[piece]) {
        seconds += frames.plan[piece].restSeconds;
      }
      clock.timers.set(patience, clock.now() + Math.max(LEAST_PATIENCE_SECONDS, seconds));
    }
  }

  private int server(int piece) {
    return frames.plan[piece].servers[0];
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
    }
  }
}
