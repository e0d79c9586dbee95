package io.cleave.policies.plan;

/**
 * Decides how a device's frames are run. Deterministic: equal observations give equal tables.
 * Whatever it knows beyond the observation (a seed, a forecast) it was built with.
 */
public interface Planner {
  /** Never null; "do not split" is always among the plans considered. */
  PlanTable plan(Observation observation);

  /**
   * True if its plans may leave at any exit. Others are shown a network with exits as far as its
   * last one only.
   */
  default boolean knowsExits() {
    return false;
  }
}
