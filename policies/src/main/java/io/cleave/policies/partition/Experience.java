package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import java.util.List;

/** What somebody has learned that the cost model does not know. */
@FunctionalInterface
public interface Experience {
  /** The cost model knows best. */
  Experience NONE = (seen, node, x, prospects) -> new double[prospects.size()];

  /**
   * What the frames of each way really cost more than expected, or less.
   *
   * @param seen what is known when it is decided
   * @param node the server that the ways lead to
   * @param x estimate of its uplink when the frame starts, in seconds per bit
   * @param prospects ways with what is expected of them at x, all local first
   * @return [prospect] seconds to add to its expected cost
   */
  double[] seconds(Observation seen, int node, double x, List<Prospect> prospects);
}
