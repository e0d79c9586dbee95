package io.cleave.policies.matching;

import java.util.Arrays;

/** When each place changed last, and which changed since some moment, latest first. */
final class Changes {
  private static final int END = -1;

  private final long[] at; // [place] moment of its last change
  private final int[] older; // [place] the one that changed before it, or END
  private final int[] newer; // [place]
  private int latest = END;
  private long now;

  /** All have changed just now. */
  Changes(int places) {
    at = new long[places];
    older = new int[places];
    newer = new int[places];
    Arrays.fill(newer, END);
    for (int place = 0; place < places; place++) {
      older[place] = latest;
      if (latest != END) {
        newer[latest] = place;
      }
      latest = place;
    }
    now = 1;
    Arrays.fill(at, now);
  }

  /** This moment; every change makes a new one. */
  long now() {
    return now;
  }

  /** A moment after all that was. */
  long next() {
    return ++now;
  }

  void change(int place) {
    at[place] = ++now;
    if (place == latest) {
      return;
    }
    int before = older[place];
    older[newer[place]] = before;
    if (before != END) {
      newer[before] = newer[place];
    }
    older[place] = latest;
    newer[place] = END;
    newer[latest] = place;
    latest = place;
  }

  boolean since(int place, long moment) {
    return at[place] > moment;
  }

  /** The place that changed last, if it was after a moment; else -1. */
  int latest(long moment) {
    return at[latest] > moment ? latest : END;
  }

  /** The next one before it, if it was after a moment; else -1. */
  int before(int place, long moment) {
    int next = older[place];
    return next != END && at[next] > moment ? next : END;
  }
}
