package io.cleave.testbed.world;

import java.util.Arrays;

/**
 * The frames under way, in flat arrays by slot, and the pieces of frames that several machines make
 * at the same time: each has a slot of its own while it travels. A slot is used again when its
 * frame is answered, so that memory depends on how many are under way at once and not on how many
 * there were.
 */
final class Frames {
  static final int NONE = -1;

  int[] owner = new int[16]; // device that has it
  int[] parent = new int[16]; // of a piece the slot of its frame; of a frame NONE
  long[] number = new long[16];
  double[] arrival = new double[16]; // seconds
  double[] predicted = new double[16]; // seconds
  double[] promised = new double[16]; // uplink bit/s by which the plan was chosen
  CompiledPlan[] plan; // of those with exits the way that it follows
  int[] image = new int[16]; // what it shows, if that is known
  int[] exit = new int[16]; // where it leaves, as a place among the network's outputs
  int[] hop = new int[16]; // the leg it is on
  byte[] way = new byte[16]; // where on that leg, see Journey
  boolean[] handedOver = new boolean[16];
  double[] deviceSeconds = new double[16];
  double[] hedgeSeconds = new double[16];
  double[] idleSeconds = new double[16];
  double[] radioJoules = new double[16];
  double[] uplinkBits = new double[16];
  int[] zeros = new int[16]; // its pieces that did not come in time
  boolean[] between = new boolean[16]; // true of what one helper hands another
  int[] next = new int[16]; // behind it in the queue that it waits in
  int[] previous = new int[16];
  private int[] older = new int[16];
  private int[] newer = new int[16];
  private int[] free = new int[16];
  private int freeCount;
  private int used;
  private final int[] oldest; // [device]
  private final int[] newest; // [device]

  Frames(CompiledPlan filler, int devices) {
    plan = new CompiledPlan[16];
    Arrays.fill(plan, filler);
    oldest = new int[devices];
    newest = new int[devices];
    Arrays.fill(oldest, NONE);
    Arrays.fill(newest, NONE);
  }

  /** The device's frame under way that started first, or NONE. */
  int oldest(int device) {
    return oldest[device];
  }

  int slots() {
    return used;
  }

  /** A slot for a device's frame that starts now, all its sums at 0. */
  int open(int device) {
    int slot = fresh(device);
    older[slot] = newest[device];
    newer[slot] = NONE;
    if (newest[device] == NONE) {
      oldest[device] = slot;
    } else {
      newer[newest[device]] = slot;
    }
    newest[device] = slot;
    return slot;
  }

  /** A slot for a piece of a frame, which travels on its own; its sums at 0. */
  int openPiece(int frame, CompiledPlan way) {
    int slot = fresh(owner[frame]);
    parent[slot] = frame;
    number[slot] = number[frame];
    arrival[slot] = arrival[frame];
    promised[slot] = promised[frame];
    plan[slot] = way;
    return slot;
  }

  private int fresh(int device) {
    if (freeCount == 0 && used == number.length) {
      grow(2 * used);
    }
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    hop[slot] = 0;
    way[slot] = 0;
    handedOver[slot] = false;
    deviceSeconds[slot] = 0;
    hedgeSeconds[slot] = 0;
    idleSeconds[slot] = 0;
    radioJoules[slot] = 0;
    uplinkBits[slot] = 0;
    zeros[slot] = 0;
    between[slot] = false;
    owner[slot] = device;
    parent[slot] = NONE;
    return slot;
  }

  /** A piece is through or no longer wanted; what it took is its frame's. */
  void closePiece(int slot) {
    int frame = parent[slot];
    hedgeSeconds[frame] += hedgeSeconds[slot];
    radioJoules[frame] += radioJoules[slot];
    uplinkBits[frame] += uplinkBits[slot];
    free[freeCount++] = slot;
  }

  void close(int slot) {
    int device = owner[slot];
    if (older[slot] == NONE) {
      oldest[device] = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
    if (newer[slot] == NONE) {
      newest[device] = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
    free[freeCount++] = slot;
  }

  private void grow(int length) {
    owner = Arrays.copyOf(owner, length);
    parent = Arrays.copyOf(parent, length);
    number = Arrays.copyOf(number, length);
    arrival = Arrays.copyOf(arrival, length);
    predicted = Arrays.copyOf(predicted, length);
    promised = Arrays.copyOf(promised, length);
    CompiledPlan filler = plan[0];
    int old = plan.length;
    plan = Arrays.copyOf(plan, length);
    Arrays.fill(plan, old, length, filler);
    image = Arrays.copyOf(image, length);
    exit = Arrays.copyOf(exit, length);
    hop = Arrays.copyOf(hop, length);
    way = Arrays.copyOf(way, length);
    handedOver = Arrays.copyOf(handedOver, length);
    deviceSeconds = Arrays.copyOf(deviceSeconds, length);
    hedgeSeconds = Arrays.copyOf(hedgeSeconds, length);
    idleSeconds = Arrays.copyOf(idleSeconds, length);
    radioJoules = Arrays.copyOf(radioJoules, length);
    uplinkBits = Arrays.copyOf(uplinkBits, length);
    zeros = Arrays.copyOf(zeros, length);
    between = Arrays.copyOf(between, length);
    next = Arrays.copyOf(next, length);
    previous = Arrays.copyOf(previous, length);
    older = Arrays.copyOf(older, length);
    newer = Arrays.copyOf(newer, length);
    free = Arrays.copyOf(free, length);
  }
}
