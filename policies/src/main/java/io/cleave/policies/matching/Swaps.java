package io.cleave.policies.matching;

import java.util.Arrays;

/**
 * Pairs of devices that change places, as long as any pair gains; and, since all bids are looked at
 * for that, single devices that move.
 *
 * <p>Every device against every other would take devices^2; so sieves come first, each finer and
 * dearer: a bid by price with the best of the other place, and for the many that are alone with
 * {@link Vacancies}; then each pair by price and by how much prices rise at least; then the pair
 * itself.
 */
final class Swaps {
  private static final double NOWHERE = Double.POSITIVE_INFINITY;

  private final Descent descent;
  private final Assignment assignment;
  private final Prices prices;
  private final Changes changes;
  private final int places;
  private final double[]
      least; // [from x to] what the best of a place would add at another, by price
  private final double[] mostWork; // [place] of any device there
  private final boolean[] wanted; // [place] unchanged, but somebody new is alone and would come
  private final Vacancies vacancies;
  private final Candidates candidates;
  private final Partners partners;
  private final double[] pays; // [device] by price, for its present bid
  private final int[] movers; // devices that gain by price if they move alone
  private int moverCount;
  private final int[] changed; // places that did since all pairs were looked at
  private int changedCount;
  private long seen; // moment at which all pairs were looked at

  Swaps(Descent descent, Changes changes) {
    this.descent = descent;
    this.assignment = descent.assignment();
    this.prices = descent.prices();
    this.changes = changes;
    this.places = assignment.game().hosts() + 1;
    this.least = new double[places * places];
    this.mostWork = new double[places];
    this.wanted = new boolean[places];
    this.vacancies = new Vacancies(places);
    this.candidates = new Candidates(places);
    this.partners = new Partners(descent);
    this.changed = new int[places];
    this.pays = new double[assignment.game().devices()];
    this.movers = new int[assignment.game().devices()];
    Arrays.fill(least, NOWHERE);
    for (int device = 0; device < assignment.devices(); device++) {
      admit(assignment.game().offers(device));
    }
  }

  /** Somebody bids so. */
  void admit(Offers own) {
    vacancies.admit(own);
  }

  /** True if all pairs were looked at once, so that only what has changed is left. */
  boolean sawAll() {
    return seen > 0;
  }

  /** Looks once at all that concerns places that have changed; true if any did anew. */
  boolean run() {
    long before = changes.now();
    forget();
    visit(false, this::keepLeast);
    visit(true, this::keepAlone);
    visit(false, this::keepCandidate);
    for (int i = 0; i < moverCount && descent.goesOn(); i++) {
      descent.move(movers[i]);
    }
    for (int one = 0; one < places; one++) {
      for (int other = one + 1; other < places && descent.goesOn(); other++) {
        if (candidates.any(one, other)) {
          swap(one, other, before);
        }
      }
    }
    seen = descent.goesOn() ? before : seen; // what was cut short is looked at again
    return changes.now() > before;
  }

  /** What is known of changed places is out of date. */
  private void forget() {
    candidates.clear();
    moverCount = 0;
    Arrays.fill(wanted, false);
    changedCount = 0;
    for (int place = changes.latest(seen); place >= 0; place = changes.before(place, seen)) {
      changed[changedCount++] = place;
      Arrays.fill(least, place * places, (place + 1) * places, NOWHERE);
      for (int from = 0; from < places; from++) {
        least[from * places + place] = NOWHERE;
      }
      mostWork[place] = 0;
      vacancies.clear(place);
    }
  }

  /** Takes some of a device's bids; its present one costs so much by price. */
  @FunctionalInterface
  private interface Visitor {
    void see(int device, Offers own, double price, int begin, int end);
  }

  /** Bids from changed places and for them, of those who are alone or of the others. */
  private void visit(boolean alone, Visitor visitor) {
    SiteGame game = assignment.game();
    boolean many = changedCount >= places / 4;
    for (int device = 0; device < game.devices(); device++) {
      int from = descent.place(device);
      if ((from == 0) == alone) {
        Offers own = game.offers(device);
        boolean restless = changes.since(from, seen) || descent.moved(device) > seen;
        if (restless) {
          pays[device] = prices.of(own, assignment.choice(device));
        }
        double price = pays[device];
        if (many || restless) {
          visitor.see(device, own, price, 0, own.size());
        } else {
          if (wanted[from]) {
            visitor.see(device, own, price, own.begin(Bid.LOCAL), own.end(Bid.LOCAL));
          }
          for (int i = 0; i < changedCount; i++) {
            int to = changed[i];
            visitor.see(device, own, price, own.begin(to - 1), own.end(to - 1));
          }
        }
      }
    }
  }

  private void keepLeast(int device, Offers own, double price, int begin, int end) {
    int taken = assignment.choice(device);
    int from = own.host[taken] + 1;
    mostWork[from] = Math.max(mostWork[from], own.work(taken));
    for (int bid = begin; bid < end; bid++) {
      int at = from * places + own.host[bid] + 1;
      double added = prices.of(own, bid) - price;
      least[at] = Math.min(least[at], added);
      keepMover(device, added);
      if (own.host[bid] == Bid.LOCAL) {
        double rest = own.fixed(bid) - own.fixed(taken);
        vacancies.leaves(
            from, rest - own.access(taken) * prices.accessPrice(from), own.work(taken), prices);
      }
    }
  }

  private void keepAlone(int device, Offers own, double price, int begin, int end) {
    for (int bid = Math.max(begin, own.end(Bid.LOCAL)); bid < end; bid++) {
      int to = own.host[bid] + 1;
      double added = prices.of(own, bid) - price;
      double rest = own.fixed(bid) - price + own.access(bid) * prices.accessPrice(to);
      least[to] = Math.min(least[to], added);
      keepMover(device, added);
      if (Descent.gains(rest + vacancies.roughly(to, own.work(bid)))
          && Descent.gains(rest + vacancies.least(to, own.work(bid)))) {
        candidates.add(device, bid, 0, to, added);
        wanted[to] |= !changes.since(to, seen);
      }
    }
  }

  private void keepMover(int device, double added) {
    boolean known = moverCount > 0 && movers[moverCount - 1] == device;
    if (Descent.gains(added) && !known) {
      movers[moverCount++] = device;
    }
  }

  private void keepCandidate(int device, Offers own, double price, int begin, int end) {
    int from = descent.place(device);
    for (int bid = begin; bid < end; bid++) {
      int to = own.host[bid] + 1;
      double added = prices.of(own, bid) - price;
      if (from != to && Descent.gains(added + least[to * places + from])) {
        candidates.add(device, bid, from, to, added);
      }
    }
  }

  /** Makes what exchanges between two places gain, each device once. */
  private void swap(int one, int other, long before) {
    double curve = prices.curve(one, mostWork[one]) / 2;
    double otherCurve = prices.curve(other, mostWork[other]) / 2;
    partners.gather(candidates.first(other, one), candidates, before);
    for (int i = candidates.first(one, other); i >= 0; i = candidates.next(i)) {
      double added = candidates.added(i);
      if (Descent.gains(added + partners.least())
          && descent.moved(candidates.device(i)) <= before) {
        int device = candidates.device(i);
        Offers own = assignment.game().offers(device);
        double coming = own.work(candidates.bid(i));
        double going = own.work(assignment.choice(device));
        for (int j = 0; j < partners.count(); j++) {
          double there = coming - partners.going(j);
          double here = partners.coming(j) - going;
          double rise = otherCurve * there * there + curve * here * here;
          if (Descent.gains(added + partners.added(j) + rise)
              && exchange(device, candidates.bid(i), partners.device(j), partners.bid(j))) {
            partners.remove(j);
            break;
          }
        }
      }
    }
  }

  private boolean exchange(int one, int bid, int other, int reply) {
    boolean gains =
        Descent.gains(assignment.change(one, bid, other, reply))
            && assignment.exchangeable(one, other);
    if (gains) {
      descent.take(one, bid);
      descent.take(other, reply);
    }
    return gains;
  }
}
