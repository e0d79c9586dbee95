package io.cleave.policies.plan;

/**
 * Decides how a device's frames are run. Deterministic: equal observations give equal tables.
 * Whatever it knows beyond the observation (a seed, a forecast) it was built with.
 */
public interface Planner {
  /** Never null; "do not split" is always among the plans considered. */
  PlanTable plan(Observation observation);
}
