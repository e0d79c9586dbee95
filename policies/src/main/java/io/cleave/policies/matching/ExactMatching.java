package io.cleave.policies.matching;

/**
 * The least cost of all, by trying every assignment that could have it: the yardstick for small
 * sites.
 *
 * <p>Idea: branch and bound. What a device adds is the less the fewer others are there, so what
 * those that are not placed yet would add right now, each for itself, is less than they will.
 *
 * <p>Complexity: O(bids^devices) in the worst case; a few thousand steps for seven devices.
 */
public final class ExactMatching implements Matcher {
  @Override
  public Assignment match(SiteGame game) {
    return new Search(game).run();
  }

  /** One run. */
  private static final class Search {
    private final SiteGame game;
    private final Assignment placed; // those not placed yet are alone, which costs their hosts 0
    private Assignment best;
    private double least;

    Search(SiteGame game) {
      this.game = game;
      this.placed = Opponents.LOCAL.matcher(0).match(game);
      this.best = placed.copy();
      this.least = best.cost();
    }

    Assignment run() {
      place(0, placed.cost());
      return best;
    }

    /**
     * @param cost of all, those from {@code device} on alone
     */
    private void place(int device, double cost) {
      if (device == game.devices()) {
        if (cost < least) {
          least = cost;
          best = placed.copy();
        }
        return;
      }
      if (cost + gains(device) >= least) {
        return;
      }
      int alone = placed.choice(device);
      Offers own = game.offers(device);
      for (int bid = 0; bid < own.size(); bid++) {
        if (placed.open(device, own.host[bid])) {
          double change = placed.change(device, bid);
          placed.take(device, bid);
          place(device + 1, cost + change);
          placed.take(device, alone);
        }
      }
    }

    /** What the rest could save at most, each as if it were the only one. */
    private double gains(int from) {
      double gains = 0;
      for (int device = from; device < game.devices(); device++) {
        double gain = 0;
        for (int bid = 0; bid < game.offers(device).size(); bid++) {
          gain = Math.min(gain, placed.change(device, bid));
        }
        gains += gain;
      }
      return gains;
    }
  }
}
