package io.cleave.policies.cost;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;

/**
 * Prices any plan: device time, codec, each crossing tensor once, half a round trip a transfer,
 * queue, remote time and the answer's way back; or the hedge, if that answers first.
 *
 * <p>Source: the common model of the field (Neurosurgeon, DADS, JointDNN). Assumes additive layers
 * but for one start a run, one frame in flight, and constant rates while the frame is under way.
 * What is in flight at the same time is the simulator's to find out. Pieces of a shared stage go
 * over links of their own and are made at the same time; the last one to come back counts, as
 * {@link Gathering} says.
 */
public final class CostModel {
  private CostModel() {}

  /**
   * The mean over the ways that frames take, if the plan has exits. Time O(layers + tensors) a way.
   * An outage makes a plan that sends something infinitely slow.
   */
  public static Estimate estimate(Plan plan, Observation observation) {
    return plan.exits().isPresent()
        ? Expectation.of(plan, observation).estimate()
        : price(Itinerary.of(plan, observation), plan, observation);
  }

  /** The same for an itinerary worked out before; time O(hops). */
  public static Estimate price(Itinerary itinerary, Plan plan, Observation observation) {
    double sending = 0;
    for (Hop hop : itinerary.hops()) {
      if (hop instanceof Hop.Transfer transfer && transfer.up()) {
        sending +=
            transfer.bits() / observation.server(transfer.server()).link().up().bitsPerSecond();
      } else if (hop instanceof Hop.Shared shared) {
        sending +=
            Gathering.of(shared, observation, plan.codec(), Airtime.SEPARATE).sendingOfLast();
      }
    }
    return PlanPrice.of(itinerary, plan, observation)
        .estimate(sending, plan.hedge().delaySeconds());
  }

  /**
   * The plan with its cost line: mean latency without a hedge, for every uplink rate. A shared
   * stage uses several uplinks at once, of which the slowest way counts, so that no line in one of
   * them tells its cost: the line of such a plan is flat, at what it costs at the rates observed.
   */
  public static PlanTable.Entry entry(Plan plan, Observation observation) {
    if (plan.stages().stream().anyMatch(stage -> stage.sharing().isPresent())) {
      return new PlanTable.Entry(plan, estimate(plan, observation).seconds(), 0);
    }
    if (plan.exits().isEmpty()) {
      return PlanPrice.of(plan, observation).entry(plan);
    }
    double fixedSeconds = 0;
    double uplinkBits = 0;
    for (Way way : Way.of(plan, observation)) {
      PlanPrice price = PlanPrice.of(way.itinerary(), plan, observation);
      fixedSeconds += way.share() * price.fixedSeconds();
      uplinkBits += way.share() * price.uplinkBits();
    }
    return new PlanTable.Entry(plan, fixedSeconds, uplinkBits);
  }
}
