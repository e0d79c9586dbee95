package io.cleave.policies.wire;

import io.cleave.policies.graph.LayerSet;

/**
 * How long a run of layers really took on the reporting machine.
 *
 * @param graph name of the network
 * @param layers run in one go
 * @param seconds measured, above 0; of a piece of what they make scaled to all of it
 */
public record RunReport(String graph, LayerSet layers, double seconds) {
  public RunReport {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "A measured run must take a finite time above 0 s, not %s.".formatted(seconds));
    }
  }
}
