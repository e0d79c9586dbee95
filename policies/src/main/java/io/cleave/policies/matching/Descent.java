package io.cleave.policies.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Improves an assignment, change by change, until no device can go to an open host and no two can
 * change places so that all together gain.
 *
 * <p>Costs are convex in loads, so what a bid adds is no less than its price at the present loads,
 * and what gains nothing by price gains nothing. What was looked at is left alone until a place
 * that it concerns changes. Being alone is a place, too, number 0.
 */
final class Descent {
  /** A gain of so many seconds a second is none. */
  static final double EQUAL = 1e-9;

  private final Assignment assignment;
  private final Prices prices;
  private final Changes changes;
  private final long[] seen; // [device] moment at which it last looked at its bids
  private final long[] moved; // [device] moment at which it came where it is
  private final int[] place; // [device]
  private final List<Integer> rebidders = new ArrayList<>(); // since the last run
  private final Swaps swaps;
  private BooleanSupplier goesOn = () -> true;

  Descent(Assignment assignment) {
    this.assignment = assignment;
    this.prices = new Prices(assignment);
    this.changes = new Changes(assignment.game().hosts() + 1);
    this.seen = new long[assignment.game().devices()];
    this.moved = new long[assignment.game().devices()];
    this.place = new int[assignment.game().devices()];
    for (int device = 0; device < place.length; device++) {
      place[device] = assignment.hostOf(device) + 1;
    }
    this.swaps = new Swaps(this, changes);
  }

  Assignment assignment() {
    return assignment;
  }

  Prices prices() {
    return prices;
  }

  /**
   * Bounds what follows.
   *
   * @param condition asked between changes; when it says no, the best so far is left
   */
  Descent within(BooleanSupplier condition) {
    goesOn = condition;
    return this;
  }

  boolean goesOn() {
    return goesOn.getAsBoolean();
  }

  static boolean gains(double change) {
    return change < -EQUAL;
  }

  /**
   * One device after the other takes what adds least to the cost of all so far; those first who
   * save most for the work that they bring.
   */
  void join() {
    long[] order = new long[seen.length]; // saving, as bits that sort alike, and the device
    for (int device = 0; device < order.length; device++) {
      order[device] = (long) Float.floatToIntBits((float) -density(device)) << 32 | device;
    }
    Arrays.sort(order);
    for (int i = 0; i < order.length && goesOn(); i++) {
      moveAnywhere((int) order[i]);
    }
  }

  /** Seconds saved for a second of work, by the best bid; above 0, or 0 if none saves any. */
  private double density(int device) {
    Offers own = assignment.game().offers(device);
    double alone = own.fixed(assignment.choice(device));
    double best = 0;
    for (int bid = own.end(Bid.LOCAL); bid < own.size(); bid++) {
      double saved = alone - own.fixed(bid);
      double work = own.work(bid) + own.access(bid);
      if (saved > best * work) {
        best = saved / work;
      }
    }
    return Math.min(best, Float.MAX_VALUE);
  }

  /** Improves all that changed since it was improved last, or was cut short. */
  void run() {
    if (swaps.sawAll()) {
      rebidders.forEach(this::moveAnywhere);
    } else {
      moves();
    }
    rebidders.clear();
    boolean better = true;
    while (better && goesOn()) {
      better = swaps.run();
    }
  }

  /** A device bids otherwise: its place may not be the best any more, nor that of others. */
  void rebid(SiteGame game, int device, int bid) {
    assignment.rebid(game, device, bid);
    swaps.admit(game.offers(device));
    settled(device);
    rebidders.add(device);
  }

  /** Being alone costs the same whoever else is. */
  private void touch(int place) {
    if (place > 0) {
      prices.update(place);
      changes.change(place);
    }
  }

  void take(int device, int bid) {
    assignment.take(device, bid);
    settled(device);
  }

  private void settled(int device) {
    int from = place[device];
    place[device] = assignment.hostOf(device) + 1;
    touch(from);
    touch(place[device]);
    moved[device] = changes.next(); // also of one who is alone, which changes no price
    seen[device] = 0;
  }

  /** Where a device is: alone, 0, or at a host, its number and one. */
  int place(int device) {
    return place[device];
  }

  /** Moment at which a device came where it is. */
  long moved(int device) {
    return moved[device];
  }

  /** Device after device moves as long as any gains. */
  private void moves() {
    boolean any = true;
    while (any) {
      any = false;
      for (int device = 0; device < seen.length && goesOn(); device++) {
        any |= move(device);
      }
    }
  }

  /** Looks at the places that changed since it last looked; at all if its own did. */
  boolean move(int device) {
    long moment = seen[device];
    boolean many = changes.now() - moment > assignment.game().hosts() / 4;
    if (many || changes.since(place[device], moment)) {
      return moveAnywhere(device);
    }
    Offers own = assignment.game().offers(device);
    int best = assignment.choice(device);
    double price = prices.of(own, best);
    double most = -EQUAL;
    for (int place = changes.latest(moment); place >= 0; place = changes.before(place, moment)) {
      for (int bid = own.begin(place - 1); bid < own.end(place - 1); bid++) {
        if (prices.of(own, bid) - price < most && assignment.open(device, place - 1)) {
          double change = change(own, device, bid);
          best = change < most ? bid : best;
          most = Math.min(most, change);
        }
      }
    }
    return settle(device, best);
  }

  /** A device takes the bid by which all gain most; false if it keeps its own. */
  private boolean moveAnywhere(int device) {
    Offers own = assignment.game().offers(device);
    int old = assignment.choice(device);
    int best = old;
    double price = prices.of(own, old);
    double most = -EQUAL;
    for (int bid = 0; bid < own.size(); bid++) {
      if (prices.of(own, bid) - price < most
          && bid != old
          && assignment.open(device, own.host[bid])) {
        double change = change(own, device, bid);
        best = change < most ? bid : best;
        most = Math.min(most, change);
      }
    }
    return settle(device, best);
  }

  private boolean settle(int device, int best) {
    if (best != assignment.choice(device)) {
      take(device, best);
      return true;
    }
    seen[device] = changes.now();
    return false;
  }

  /** By how much the cost of all changes if a device takes another of its bids. */
  double change(Offers own, int device, int bid) {
    int old = assignment.choice(device);
    int from = own.host[old] + 1;
    int to = own.host[bid] + 1;
    double change = own.fixed(bid) - own.fixed(old);
    return from == to
        ? change
            + prices.extra(to, own.work(bid) - own.work(old), own.access(bid) - own.access(old))
        : change
            + prices.extra(from, -own.work(old), -own.access(old))
            + prices.extra(to, own.work(bid), own.access(bid));
  }
}
