package io.cleave.policies.matching;

/**
 * What no assignment of a site can cost less than: so an assignment's cost tells how far it is from
 * the best at most, also where the best is out of reach.
 *
 * <p>Idea: costs are convex in loads, so they are above their tangents at any loads; with those
 * each device alone can be given the bid that is best by price. Any loads give a bound; those of a
 * good assignment give a good one.
 *
 * <p>Source: Lagrangian relaxation (Geoffrion, 1974), with the multipliers read off the loads.
 *
 * <p>Complexity: O(bids). Assumes no quota and no memory, which only raises the true optimum.
 */
public final class LowerBound {
  private LowerBound() {}

  /** In seconds a second, as {@link Assignment#cost()}. */
  public static double of(Assignment assignment) {
    SiteGame game = assignment.game();
    Prices prices = new Prices(assignment);
    double bound = 0;
    for (int device = 0; device < game.devices(); device++) {
      Offers own = game.offers(device);
      double least = Double.POSITIVE_INFINITY;
      for (int bid = 0; bid < own.size(); bid++) {
        least = Math.min(least, prices.of(own, bid));
      }
      bound += least;
    }
    for (int place = 1; place <= game.hosts(); place++) {
      bound -= prices.rent(place);
    }
    return bound;
  }
}
