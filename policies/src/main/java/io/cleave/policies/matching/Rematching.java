package io.cleave.policies.matching;

import java.util.function.BooleanSupplier;

/**
 * An assignment that is kept as things change: when one device bids otherwise, only what that
 * concerns is looked at again. Never worse than the assignment was before, by what devices bid now.
 * Owned by one thread.
 *
 * <p>Complexity of a change: O(devices + bids for hosts that change).
 */
public final class Rematching {
  private final Assignment assignment;
  private final Descent descent;

  /**
   * Goes on from an assignment.
   *
   * @param assignment not copied
   */
  public Rematching(Assignment assignment) {
    this.assignment = assignment;
    this.descent = new Descent(assignment);
  }

  public Assignment assignment() {
    return assignment;
  }

  /**
   * A device bids otherwise. It stays where it is.
   *
   * @param bid among the new ones that it takes until something better is found
   */
  public void rebid(int device, Contender contender, int bid) {
    descent.rebid(assignment.game().with(device, contender), device, bid);
  }

  /**
   * Improves until nothing is gained any more.
   *
   * @param goesOn asked between changes; when it says no, the best so far is left
   */
  public void improve(BooleanSupplier goesOn) {
    descent.within(goesOn).run();
  }
}
