package io.cleave.policies.matching;

/**
 * A device's bids that are better than being alone, taken from a heap, best first: most devices
 * never ask for many.
 */
final class Wishes {
  private final int[] bids;
  private final double[] seconds; // [place in the heap] of a frame, if nobody else is there
  private int count;

  /**
   * @param home the device's local bid
   */
  Wishes(SiteGame game, int device, int home) {
    int size = game.offers(device).size();
    double framesPerSecond = game.offers(device).framesPerSecond;
    double own = game.alone(device, home);
    bids = new int[size];
    seconds = new double[size];
    for (int bid = 0; bid < size; bid++) {
      double cost = game.alone(device, bid);
      if (cost < own) {
        bids[count] = bid;
        seconds[count++] = cost / framesPerSecond;
      }
    }
    for (int place = count / 2 - 1; place >= 0; place--) {
      sink(place);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** What the best that is left takes. */
  double seconds() {
    return seconds[0];
  }

  /** The best that is left, which then is not left any more; of equals the first. */
  int next() {
    int best = bids[0];
    count--;
    bids[0] = bids[count];
    seconds[0] = seconds[count];
    sink(0);
    return best;
  }

  private void sink(int from) {
    int bid = bids[from];
    double time = seconds[from];
    int place = from;
    while (2 * place + 1 < count) {
      int child = 2 * place + 1;
      child += child + 1 < count && before(child + 1, bids[child], seconds[child]) ? 1 : 0;
      if (!before(child, bid, time)) {
        break;
      }
      bids[place] = bids[child];
      seconds[place] = seconds[child];
      place = child;
    }
    bids[place] = bid;
    seconds[place] = time;
  }

  private boolean before(int place, int bid, double time) {
    return seconds[place] < time || (seconds[place] == time && bids[place] < bid);
  }
}
