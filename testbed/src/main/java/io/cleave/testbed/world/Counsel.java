package io.cleave.testbed.world;

import io.cleave.policies.plan.PlanTable;

/** Says under which plan a frame runs. */
interface Counsel {
  /** The entry for the frame that starts now on the device. */
  PlanTable.Entry choose(double arrivalSeconds);

  /** Uplink rate in bit/s by which the last entry was chosen; 0 if none was. */
  double rate();
}
