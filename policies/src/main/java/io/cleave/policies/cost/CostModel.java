package io.cleave.policies.cost;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;

/**
 * Prices any plan: device time, codec, each crossing tensor once, half a round trip a transfer,
 * queue, remote time and the answer's way back; or the hedge, if that answers first.
 *
 * <p>Source: the common model of the field (Neurosurgeon, DADS, JointDNN). Assumes additive layers
 * but for one start a run, one frame in flight, and constant rates while the frame is under way.
 * What is in flight at the same time is the simulator's to find out.
 */
public final class CostModel {
  private CostModel() {}

  /** Time O(layers + tensors). An outage makes a plan that sends something infinitely slow. */
  public static Estimate estimate(Plan plan, Observation observation) {
    return price(Itinerary.of(plan, observation), plan, observation);
  }

  /** The same for an itinerary worked out before; time O(hops). */
  public static Estimate price(Itinerary itinerary, Plan plan, Observation observation) {
    Ledger ledger = new Ledger(observation);
    double near = observation.device().queueSeconds();
    boolean crossed = false;
    for (Hop hop : itinerary.hops()) {
      if (hop instanceof Hop.Compute compute) {
        ledger.compute(compute);
        near += crossed ? 0 : compute.seconds();
      } else if (hop instanceof Hop.Transfer transfer) {
        ledger.transfer(transfer, plan);
        crossed = true;
      }
    }
    Latency way = ledger.latency();
    double total = way.seconds();
    double hedgeStart = near + plan.hedge().delaySeconds();
    boolean runs = crossed && plan.hedge().armed() && hedgeStart < total;
    double local = runs ? hedgeStart + itinerary.localRestSeconds() : Double.POSITIVE_INFINITY;
    double seconds = Math.min(total, local);
    double hedgeSeconds = runs ? seconds - hedgeStart : 0;
    return new Estimate(way, seconds, ledger.energy(seconds, hedgeSeconds, near), hedgeSeconds);
  }

  /** Sums up one itinerary. */
  private static final class Ledger {
    private final Observation observation;
    private double deviceRun;
    private double codec;
    private double uplink;
    private double queue;
    private double remote;
    private double downlink;
    private double upBits;
    private double upSeconds;
    private double downBits;
    private double downSeconds;

    Ledger(Observation observation) {
      this.observation = observation;
    }

    void compute(Hop.Compute hop) {
      if (hop.node() == Stage.DEVICE) {
        deviceRun += hop.seconds();
      } else {
        queue += observation.node(hop.node()).queueSeconds();
        remote += hop.seconds();
      }
    }

    void transfer(Hop.Transfer hop, Plan plan) {
      LinkState link = observation.server(hop.server()).link();
      codec += plan.codec().seconds(hop.bits());
      double seconds = hop.bits() / (hop.up() ? link.up() : link.down()).bitsPerSecond();
      if (hop.up()) {
        upBits += hop.bits();
        upSeconds += seconds;
        uplink += seconds + link.rttSeconds() / 2;
      } else {
        downBits += hop.bits();
        downSeconds += seconds;
        downlink += seconds + link.rttSeconds() / 2;
      }
    }

    Latency latency() {
      double device = observation.device().queueSeconds() + deviceRun;
      return new Latency(device, codec, uplink, queue, remote, downlink);
    }

    /**
     * A way that the hedge beats is cancelled: the radio moves no more than the time left for it.
     */
    Energy energy(double seconds, double hedgeSeconds, double near) {
      EnergyModel power = observation.power();
      double left = seconds - near;
      double sending = Math.min(upSeconds, left);
      double receiving = Math.min(downSeconds, left - sending);
      double radio =
          power.radio().sendJoules(share(upBits, sending, upSeconds), sending)
              + power.radio().receiveJoules(share(downBits, receiving, downSeconds), receiving);
      double busy = deviceRun + hedgeSeconds;
      double waits = Math.max(0, seconds - observation.device().queueSeconds() - busy);
      return new Energy(power.computeWatts() * busy, radio, power.idleWatts() * waits);
    }

    private static double share(double bits, double part, double whole) {
      return part >= whole ? bits : bits * part / whole;
    }
  }
}
