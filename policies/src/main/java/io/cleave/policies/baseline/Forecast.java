package io.cleave.policies.baseline;

import io.cleave.policies.plan.Plan;

/**
 * Knows what the network and the machines will do. Only a testbed that replays a recording can have
 * one; a production program has none, and so no oracle.
 */
public interface Forecast {
  /**
   * All-knowing latency, in seconds, of the frame that is about to start on the device, if it ran
   * under this plan; infinite if it would never end.
   *
   * <p>The oracle asks about the same {@link Plan} objects frame after frame, so that a forecast
   * may remember by identity what it worked out of a plan.
   */
  double latencySeconds(Plan plan);
}
