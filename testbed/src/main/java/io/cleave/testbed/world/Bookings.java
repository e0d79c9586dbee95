package io.cleave.testbed.world;

import java.util.Arrays;

/**
 * When a server will be busy by what was promised so far, by one forecast or by several: work is
 * put where it fits first.
 */
final class Bookings {
  private final ServerLoad load;
  private double[] begins = new double[16]; // ascending; only the first `count`
  private double[] ends = new double[16];
  private int count;

  Bookings(ServerLoad load) {
    this.load = load;
  }

  /** When work that arrives then will be done. */
  double end(double arrives, double work) {
    double begin = begin(arrives, work);
    return begin + seconds(begin, work);
  }

  /** The same, and from now on nobody else can have the time. */
  double book(double arrives, double work) {
    double begin = begin(arrives, work);
    double end = begin + seconds(begin, work);
    int at = after(begin);
    if (count == begins.length) {
      begins = Arrays.copyOf(begins, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(begins, at, begins, at + 1, count - at);
    System.arraycopy(ends, at, ends, at + 1, count - at);
    begins[at] = begin;
    ends[at] = end;
    count++;
    return end;
  }

  /** What is over by then is not asked for any more. */
  void forget(double now) {
    int over = 0;
    while (over < count && ends[over] < now) {
      over++;
    }
    System.arraycopy(begins, over, begins, 0, count - over);
    System.arraycopy(ends, over, ends, 0, count - over);
    count -= over;
  }

  /** The end of all that was promised; 0 if nothing is left of it. */
  double last() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private double begin(double arrives, double work) {
    double begin = arrives;
    for (int i = after(arrives) - 1; i < count; i++) {
      begin = i < 0 ? begin : Math.max(begin, ends[i]);
      double free = i + 1 < count ? begins[i + 1] : Double.POSITIVE_INFINITY;
      if (begin + seconds(begin, work) <= free) {
        return begin;
      }
    }
    return begin;
  }

  /** How many bookings begin by then. */
  private int after(double time) {
    int at = count;
    while (at > 0 && begins[at - 1] > time) {
      at--;
    }
    return at;
  }

  private double seconds(double begin, double work) {
    return work * load.at(begin);
  }
}
