package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;

/**
 * What a cut costs at any uplink rate: {@code fixed + bits * x} for x seconds per bit.
 *
 * @param fixed seconds without the uplink
 * @param bits that cross
 * @param near the layers on the device
 */
record CostLine(double fixed, double bits, LayerSet near) {
  double at(double x) {
    return bits == 0 ? fixed : fixed + bits * x;
  }

  /** Where a flatter line becomes as good as this one; 0 if it is nowhere worse. */
  double crossing(CostLine flat) {
    double gain = flat.fixed - fixed;
    return gain <= BlockSearch.GUARD * fixed ? 0 : gain / (bits - flat.bits);
  }
}
