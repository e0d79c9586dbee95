package io.cleave.testbed.world;

/** Frames that wait for one resource, first come first served; any of them can leave. */
final class WaitingLine {
  private final Frames frames;
  private int head = Frames.NONE;
  private int tail = Frames.NONE;

  WaitingLine(Frames frames) {
    this.frames = frames;
  }

  boolean isEmpty() {
    return head == Frames.NONE;
  }

  /** The first in line, or NONE. */
  int head() {
    return head;
  }

  /** The one behind a waiting frame, or NONE. */
  int behind(int slot) {
    return frames.next[slot];
  }

  void add(int slot) {
    frames.next[slot] = Frames.NONE;
    frames.previous[slot] = tail;
    if (tail == Frames.NONE) {
      head = slot;
    } else {
      frames.next[tail] = slot;
    }
    tail = slot;
  }

  int poll() {
    int slot = head;
    remove(slot);
    return slot;
  }

  void remove(int slot) {
    int next = frames.next[slot];
    int previous = frames.previous[slot];
    if (previous == Frames.NONE) {
      head = next;
    } else {
      frames.next[previous] = next;
    }
    if (next == Frames.NONE) {
      tail = previous;
    } else {
      frames.previous[next] = previous;
    }
  }
}
