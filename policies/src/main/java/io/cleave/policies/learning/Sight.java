package io.cleave.policies.learning;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;

/** Makes what a device and its controller know into ways that a policy chooses from. */
public interface Sight {
  /** The controller has decided by what it saw. */
  void see(Observation seen);

  /** True if anything was seen yet. */
  boolean any();

  /** Seconds that the device takes for a frame by itself. */
  double aloneSeconds();

  /**
   * A frame starts.
   *
   * @param secondsPerBit [server] by the freshest estimates, in the observation's order
   */
  Moment moment(double[] secondsPerBit);

  /** The entry of one of the last moment's ways, in the observation's numbers. */
  PlanTable.Entry entry(int way);

  /** The server of one of the last moment's ways, or the device. */
  int node(int way);
}
