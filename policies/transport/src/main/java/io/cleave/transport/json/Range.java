package io.cleave.transport.json;

/**
 * Which numbers a field may hold.
 *
 * @param least bound below
 * @param open true if the bound itself is excluded
 * @param most bound above, included
 */
record Range(double least, boolean open, double most) {
  static final Range AT_LEAST_0 = new Range(0, false, WireLimits.QUANTITY);
  static final Range ABOVE_0 = new Range(0, true, WireLimits.QUANTITY);
  static final Range SHARE = new Range(0, false, 1);
  static final Range LEASE = new Range(0, false, WireLimits.LEASE_SECONDS);

  /** False for what is no number too. */
  boolean holds(double value) {
    return (open ? value > least : value >= least) && value <= most;
  }

  @Override
  public String toString() {
    return open
        ? "above %s, at most %s".formatted(least, most)
        : "in %s..%s".formatted(least, most);
  }
}
