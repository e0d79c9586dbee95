package io.cleave.policies.plan;

import java.util.List;

/**
 * Decides how a device's frames are run. Deterministic: equal observations give equal tables.
 * Whatever it knows beyond the observation (a seed, a forecast) it was built with.
 */
public interface Planner {
  /** Never null; "do not split" is always among the plans considered. */
  PlanTable plan(Observation observation);

  /**
   * What it has learned that frames of each plan really cost more than the cost model expects, or
   * less, in seconds: so that who assigns servers or weighs a change knows it too. Others have
   * learned nothing.
   *
   * @param node the server that the plans lead to
   * @param plans any; of those without help it is 0
   */
  default double[] learned(Observation seen, int node, List<Plan> plans) {
    return new double[plans.size()];
  }

  /** What moves {@link #learned} of a plan, what moves it most first; none of others. */
  default List<Influence> influences(Observation seen, int node, Plan plan) {
    return List.of();
  }

  /** How it came to know what it has learned, in order; nothing of others. */
  default List<LearningPoint> learningCurve() {
    return List.of();
  }

  /** How often it had to be kept from what it has learned. */
  default Guarded guarded() {
    return Guarded.NONE;
  }

  /** Who plans while the world is not like the one that this one learned in; often itself. */
  default Planner cautious() {
    return this;
  }

  /**
   * True if its plans may leave at any exit. Others are shown a network with exits as far as its
   * last one only.
   */
  default boolean knowsExits() {
    return false;
  }
}
