package io.cleave.policies.cost;

/**
 * What something costs at any uplink rate: {@code fixed + bits * x} for x seconds per bit.
 *
 * @param <T> what it is that costs so much
 * @param fixed seconds without the uplink
 * @param bits that cross
 */
public record CostLine<T>(double fixed, double bits, T what) {
  /** Relative difference below which costs count as equal. */
  public static final double GUARD = 1e-12;

  public double at(double x) {
    return bits == 0 ? fixed : fixed + bits * x;
  }

  /** Where a flatter line becomes as good as this one; 0 if it is nowhere worse. */
  public double crossing(CostLine<T> flat) {
    double gain = flat.fixed - fixed;
    return gain <= GUARD * fixed ? 0 : gain / (bits - flat.bits);
  }
}
