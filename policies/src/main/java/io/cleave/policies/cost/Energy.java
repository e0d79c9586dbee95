package io.cleave.policies.cost;

/**
 * What a frame takes from the device's battery, in joules.
 *
 * @param compute while its layers run, a hedge that runs beside the answer included
 * @param radio while data moves, on top of the board
 * @param idle of the board while it only waits
 */
public record Energy(double compute, double radio, double idle) {
  public double joules() {
    return compute + radio + idle;
  }

  Energy times(double share) {
    return new Energy(compute * share, radio * share, idle * share);
  }

  Energy plus(Energy other) {
    return new Energy(compute + other.compute, radio + other.radio, idle + other.idle);
  }
}
