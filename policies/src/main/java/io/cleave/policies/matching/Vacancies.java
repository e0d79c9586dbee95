package io.cleave.policies.matching;

import java.util.Arrays;

/**
 * What a device that is alone would add at a host at least, if any one of its guests were alone
 * instead: by how much work it brings, in steps of half an octave.
 *
 * <p>With one guest gone the cost is convex in that work, so above its tangent at a step's begin.
 * The least of all guests' tangents is concave, so above the chord between its values at both ends
 * of the step.
 */
final class Vacancies {
  private static final int FIRST = (int) (Double.doubleToRawLongBits(0x1p-24) >>> 51);
  private static final int COUNT = 2 * (24 + 8) + 1; // up to 2^8 seconds a second
  private static final double LEAST = -1e300; // with which one can still reckon
  private static final double[] FROM = new double[COUNT]; // [step] less than 2^-24 is one step
  private static final double[] WIDTH = new double[COUNT];

  static {
    for (int step = 0; step < COUNT; step++) {
      FROM[step] = step == 0 ? 0 : Double.longBitsToDouble((long) (FIRST + step - 1) << 51);
      WIDTH[step] = Double.longBitsToDouble((long) (FIRST + step) << 51) - FROM[step];
    }
  }

  private final double[] begin; // [place x step] at the step's begin
  private final double[] end; // [place x step] at the step's end
  private final double[] leaving; // [place] what the best guest's leaving adds by itself
  private final double[] price; // [place] of work after the most has left
  private int low; // steps that occur: all others are left out
  private int high = -1;

  Vacancies(int places) {
    begin = new double[places * COUNT];
    end = new double[places * COUNT];
    leaving = new double[places];
    price = new double[places];
  }

  /** Somebody bids so; what is not known of a step that is new could be anything. */
  void admit(Offers own) {
    for (int bid = own.end(Bid.LOCAL); bid < own.size(); bid++) {
      int step = step(own.work(bid));
      if (high < low) {
        low = step + 1;
        high = step;
      }
      while (step < low) {
        unknown(--low);
      }
      while (step > high) {
        unknown(++high);
      }
    }
  }

  private void unknown(int step) {
    for (int at = step; at < begin.length; at += COUNT) {
      begin[at] = LEAST;
      end[at] = LEAST;
    }
  }

  void clear(int place) {
    Arrays.fill(begin, place * COUNT + low, place * COUNT + high + 1, Double.POSITIVE_INFINITY);
    Arrays.fill(end, place * COUNT + low, place * COUNT + high + 1, Double.POSITIVE_INFINITY);
    leaving[place] = Double.POSITIVE_INFINITY;
    price[place] = Double.POSITIVE_INFINITY;
  }

  /**
   * A guest could leave.
   *
   * @param added by its leaving, work apart
   * @param work that it takes along
   */
  void leaves(int place, double added, double work, Prices prices) {
    leaving[place] = Math.min(leaving[place], added + prices.extraWork(place, -work));
    price[place] = Math.min(price[place], prices.workPrice(place, -work));
    for (int step = low; step <= high; step++) {
      int at = place * COUNT + step;
      double from = FROM[step];
      double first = added + prices.extraWork(place, from - work);
      double rise = prices.workPrice(place, from - work) * WIDTH[step];
      begin[at] = Math.min(begin[at], first);
      end[at] = Math.min(end[at], first + rise);
    }
  }

  /** The same in less time, and rougher. */
  double roughly(int place, double work) {
    return leaving[place] + price[place] * work;
  }

  /** What a bid with so much work adds at least, its other costs apart. */
  double least(int place, double work) {
    int step = step(work);
    int at = place * COUNT + step;
    double share = Math.min(1, (work - FROM[step]) / WIDTH[step]);
    return begin[at] + share * (end[at] - begin[at]);
  }

  private static int step(double work) {
    int half = (int) (Double.doubleToRawLongBits(work) >>> 51) - FIRST;
    return Math.max(0, Math.min(COUNT - 1, half + 1));
  }
}
