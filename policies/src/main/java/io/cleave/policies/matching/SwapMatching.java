package io.cleave.policies.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * An assignment in which no device can go to an open host, and no two devices can change places, so
 * that all together gain; and so no pair of devices would rather change places, their hosts
 * willing.
 *
 * <p>Source: DINA's offloading (Mohammed et al., INFOCOM 2020): deferred acceptance, then swaps
 * until no swap-blocking pair is left; matching with externalities (Bodine-Baron et al., 2011).
 *
 * <p>Complexity: each round of {@link Descent} looks at every bid once and at the members of those
 * pairs of hosts that could gain by price. Every change lowers the cost of all, so it ends.
 *
 * <p>Assumes: {@link Contention}.
 *
 * <p>Differs: 1. a swap is made if the whole user sets of both hosts gain together, not only if
 * nobody loses; one that nobody loses by is such a one, so the result is exchange-stable. 2. Each
 * way to run the network towards a host is a bid of its own, chosen with the host. 3. It begins
 * with devices that join one by one where they add least, and takes deferred acceptance or each
 * device's own best instead, improved, where that costs less; so it is never worse than either.
 */
public final class SwapMatching implements Matcher {
  private static final int SMALL = 20; // devices
  private static final int STARTS = 8;

  @Override
  public Assignment match(SiteGame game) {
    Assignment best = new Assignment(game);
    Descent descent = new Descent(best);
    descent.join();
    descent.run();
    for (Matcher other : others(game)) {
      Assignment start = other.match(game);
      boolean may = small(game) || start.cost() < best.cost();
      if (may) {
        new Descent(start).run();
      }
      best = start.cost() < best.cost() ? start : best;
    }
    return best;
  }

  /**
   * Where trying again takes no time; and where, with few devices, one way down is soon at its end.
   */
  private static boolean small(SiteGame game) {
    return game.devices() <= SMALL;
  }

  private static List<Matcher> others(SiteGame game) {
    List<Matcher> others = new ArrayList<>();
    others.add(new DeferredAcceptance());
    others.add(Opponents.GREEDY.matcher(0));
    for (int seed = 0; seed < STARTS && small(game); seed++) {
      others.add(Opponents.RANDOM.matcher(seed));
    }
    return others;
  }
}
