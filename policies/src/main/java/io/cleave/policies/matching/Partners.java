package io.cleave.policies.matching;

import java.util.Arrays;

/** One list of {@link Candidates} side by side, since each is looked at many times. */
final class Partners {
  private final Descent descent;
  private int[] device = new int[16];
  private int[] bid = new int[16];
  private double[] added = new double[16]; // by price
  private double[] coming = new double[16]; // work where it would go
  private double[] going = new double[16]; // work where it is
  private int count;
  private double least; // added

  Partners(Descent descent) {
    this.descent = descent;
  }

  /**
   * Those that have not moved since.
   *
   * @param first of the list
   */
  void gather(int first, Candidates candidates, long since) {
    count = 0;
    least = Double.POSITIVE_INFINITY;
    for (int i = first; i >= 0; i = candidates.next(i)) {
      if (descent.moved(candidates.device(i)) <= since) {
        if (count == device.length) {
          grow(2 * count);
        }
        device[count] = candidates.device(i);
        bid[count] = candidates.bid(i);
        added[count] = candidates.added(i);
        Offers own = descent.assignment().game().offers(device[count]);
        coming[count] = own.work(bid[count]);
        going[count] = own.work(descent.assignment().choice(device[count]));
        least = Math.min(least, added[count++]);
      }
    }
  }

  /** A device has moved: all its bids here are void. */
  void remove(int place) {
    int gone = device[place];
    for (int i = count - 1; i >= 0; i--) {
      if (device[i] == gone) {
        count--;
        device[i] = device[count];
        bid[i] = bid[count];
        added[i] = added[count];
        coming[i] = coming[count];
        going[i] = going[count];
      }
    }
  }

  private void grow(int length) {
    device = Arrays.copyOf(device, length);
    bid = Arrays.copyOf(bid, length);
    added = Arrays.copyOf(added, length);
    coming = Arrays.copyOf(coming, length);
    going = Arrays.copyOf(going, length);
  }

  int count() {
    return count;
  }

  /** The least that any of them adds, or added. */
  double least() {
    return least;
  }

  int device(int place) {
    return device[place];
  }

  int bid(int place) {
    return bid[place];
  }

  double added(int place) {
    return added[place];
  }

  double coming(int place) {
    return coming[place];
  }

  double going(int place) {
    return going[place];
  }
}
