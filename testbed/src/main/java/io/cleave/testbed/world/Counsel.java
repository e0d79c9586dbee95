package io.cleave.testbed.world;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import java.util.Optional;

/** Says under which plan a frame runs. */
interface Counsel {
  /** The entry for the frame that starts now on the device. */
  PlanTable.Entry choose(double arrivalSeconds);

  /** The controller has decided about this device; what its planner saw, if there was a server. */
  default void heard(Optional<Observation> seen) {}

  /** One of the device's frames has been answered. */
  default void answered(FrameRecord frame) {}

  /** Uplink rate in bit/s by which the last entry was chosen; 0 if none was. */
  double rate();
}
