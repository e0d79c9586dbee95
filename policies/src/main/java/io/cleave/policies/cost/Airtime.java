package io.cleave.policies.cost;

/** Whether transfers of pieces that are made at the same time get in each other's way. */
public enum Airtime {
  /** Each server has a link of its own, as everywhere else in the cost model. */
  SEPARATE,
  /**
   * The device has one radio: uploads go one after the other, in the order of the pieces; then
   * answers, in the order in which they are ready. Each has its link's rate while it goes.
   */
  SHARED
}
