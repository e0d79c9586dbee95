package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;

/**
 * What a frame takes of servers, whether it waits for that or not: the server of a shared stage
 * works even if the device's own piece is the last to be there.
 */
final class HostWork {
  private HostWork() {}

  /** Seconds of idle servers, all together. */
  static double seconds(Plan plan, Observation seen) {
    return seconds(plan, CostModel.estimate(plan, seen), seen);
  }

  /** The same for a plan whose estimate is known. */
  static double seconds(Plan plan, Estimate estimate, Observation seen) {
    if (plan.stages().stream().allMatch(stage -> stage.sharing().isEmpty())) {
      return estimate.way().remote();
    }
    double seconds = 0;
    for (Hop hop : Itinerary.of(plan, seen).hops()) {
      if (hop instanceof Hop.Shared shared) {
        seconds +=
            shared.branches().stream()
                .filter(branch -> branch.node() != Stage.DEVICE)
                .mapToDouble(Hop.Branch::seconds)
                .sum();
      } else if (hop instanceof Hop.Compute compute && compute.node() != Stage.DEVICE) {
        seconds += compute.seconds();
      }
    }
    return seconds;
  }

  /** Bits that cross the servers' own links, both ways, all together. */
  static double bits(Plan plan, Observation seen) {
    double bits = 0;
    for (Hop hop : Itinerary.of(plan, seen).hops()) {
      if (hop instanceof Hop.Transfer transfer) {
        bits += transfer.bits();
      } else if (hop instanceof Hop.Shared shared) {
        bits +=
            shared.branches().stream()
                .mapToDouble(branch -> branch.upBits() + branch.downBits())
                .sum();
      }
    }
    return bits;
  }
}
