package io.cleave.testbed.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pieces that are made in rounds: each begins its next round when all that others hand it is there.
 * If one of the machines fails, the device makes all of it by itself in one go, unless all pieces
 * are back before.
 */
final class Turns {
  private final Scatter scatter;
  private final Journey journey;
  private final Frames frames;
  private final Map<Integer, Turn> turns = new HashMap<>(); // by the frame's slot

  /** A frame's leg. */
  private static final class Turn {
    final CompiledRounds rounds;
    final int[] slots; // [share] NONE if it is there
    final int[] round; // [share] that it is in, or waits for
    final boolean[] waits; // [share]
    final int[][] there; // [round][share] how much was handed over
    final Map<Integer, Handing> handings = new HashMap<>(); // under way, by slot
    int whole = Frames.NONE; // slot of what the device makes instead of all of it

    Turn(CompiledRounds rounds) {
      this.rounds = rounds;
      slots = new int[rounds.shares()];
      round = new int[rounds.shares()];
      waits = new boolean[rounds.shares()];
      there = new int[rounds.exchanges() + 1][rounds.shares()];
      Arrays.fill(waits, true);
    }

    int share(int slot) {
      int share = 0;
      while (slots[share] != slot) {
        share++;
      }
      return share;
    }

    boolean canGoOn(int share) {
      return waits[share]
          && slots[share] != Frames.NONE
          && there[round[share]][share] == rounds.awaited(round[share], share);
    }
  }

  /** What is on its way to a share, for one of its rounds. */
  private record Handing(int round, int to) {}

  Turns(Scatter scatter, Journey journey, Frames frames) {
    this.scatter = scatter;
    this.journey = journey;
    this.frames = frames;
  }

  /** A frame has come to such a leg. */
  void start(int frame, CompiledRounds rounds) {
    Turn turn = new Turn(rounds);
    turns.put(frame, turn);
    boolean all = true;
    for (int share = rounds.shares() - 1; share >= 0; share--) {
      turn.slots[share] = scatter.open(frame, rounds.way(share));
      all &= scatter.trusted(turn.slots[share]);
    }
    if (all) {
      for (int slot : turn.slots.clone()) {
        if (!givenUp(turn, slot)) {
          begin(turn, slot);
          journey.advance(slot);
        }
      }
    } else {
      fail(frame);
    }
  }

  private void begin(Turn turn, int slot) {
    turn.waits[turn.share(slot)] = false;
    if (own(slot)) {
      scatter.deviceBegins(frames.parent[slot]);
    }
  }

  /** True for such a piece, and for what is handed over. */
  boolean isOf(int slot) {
    return frames.parent[slot] != Frames.NONE && turns.containsKey(frames.parent[slot]);
  }

  /** True for a piece of the device's. */
  private boolean own(int slot) {
    return frames.plan[slot].servers[0] < 0;
  }

  private boolean givenUp(Turn turn, int slot) {
    return turn.whole != Frames.NONE && own(slot);
  }

  private Turn turn(int slot) {
    return Optional.ofNullable(turns.get(frames.parent[slot])).orElseThrow();
  }

  boolean isHanding(int slot) {
    return isOf(slot) && turn(slot).handings.containsKey(slot);
  }

  /** A round is made: others get what they need of it. */
  void handOver(int slot) {
    int frame = frames.parent[slot];
    Turn turn = turn(slot);
    int share = turn.share(slot);
    int made = turn.round[share]++;
    turn.waits[share] = true;
    List<Integer> leaving = new ArrayList<>();
    for (CompiledRounds.Handed handed : turn.rounds.handed(made, share)) {
      int handing = frames.openPiece(frame, handed.way());
      frames.between[handing] = handed.between();
      turn.handings.put(handing, new Handing(made + 1, handed.to()));
      leaving.add(handing);
    }
    leaving.stream().filter(turn.handings::containsKey).forEach(journey::advance);
    goOn(turn, share);
    scatter.proceed(frame);
  }

  private void goOn(Turn turn, int share) {
    int slot = turn.slots[share];
    if (turn.canGoOn(share) && !givenUp(turn, slot)) {
      begin(turn, slot);
      journey.nextLeg(slot);
    }
  }

  /** What was handed over is there. */
  void arrived(int slot) {
    Turn turn = turn(slot);
    Handing handing = close(turn, slot);
    turn.there[handing.round()][handing.to()]++;
    if (turn.round[handing.to()] == handing.round()) {
      goOn(turn, handing.to());
    }
  }

  /** It will never be there. */
  void lost(int slot) {
    int frame = frames.parent[slot];
    close(turn(slot), slot);
    fail(frame);
  }

  private Handing close(Turn turn, int slot) {
    frames.closePiece(slot);
    return Optional.ofNullable(turn.handings.remove(slot)).orElseThrow();
  }

  /** The device makes all of it in one go: its rounds are of no use any more. */
  void fail(int frame) {
    Turn turn = Optional.ofNullable(turns.get(frame)).orElseThrow();
    if (turn.whole == Frames.NONE) {
      for (int share = 0; share < turn.slots.length; share++) {
        int slot = turn.slots[share];
        if (slot != Frames.NONE && own(slot)) {
          scatter.giveUp(slot, !turn.waits[share]);
          turn.waits[share] = true;
        }
      }
      turn.whole = scatter.open(frame, turn.rounds.whole());
      scatter.make(turn.whole);
    }
  }

  /** True for all in one go. */
  boolean isWhole(int slot) {
    return isOf(slot) && turn(slot).whole == slot;
  }

  /** What the device would take for all in one go; 0 if it is not made in rounds. */
  double wholeSeconds(int frame) {
    Turn turn = turns.get(frame);
    return turn == null ? 0 : turn.rounds.whole().restSeconds;
  }

  /** All is there in one go, and pieces are of no use. */
  void madeWhole(int frame) {
    Turn turn = Optional.ofNullable(turns.get(frame)).orElseThrow();
    Arrays.stream(turn.slots.clone()).filter(slot -> slot != Frames.NONE).forEach(scatter::drop);
    scatter.remove(turn.whole);
  }

  /** A piece is there, or all. */
  void made(int slot) {
    Turn turn = turn(slot);
    if (turn.whole == slot) {
      turn.whole = Frames.NONE;
    } else {
      turn.slots[turn.share(slot)] = Frames.NONE;
    }
  }

  /** All are there, if there are any: what is still handed over is not wanted any more. */
  void end(int frame) {
    Turn turn = turns.get(frame);
    if (turn != null) {
      if (turn.whole != Frames.NONE) {
        scatter.drop(turn.whole);
      }
      turns.remove(frame);
      for (int handing : turn.handings.keySet()) {
        journey.cancelWay(handing);
        frames.closePiece(handing);
      }
    }
  }
}
