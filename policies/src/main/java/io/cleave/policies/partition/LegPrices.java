package io.cleave.policies.partition;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.units.Bandwidth;

/**
 * What each leg of a frame's way between the device and one server costs under an objective, for
 * planners that add up legs. The sum over a plan's legs is its cost in the cost model, the wait in
 * the device's own queue apart, which is the same for every plan.
 */
final class LegPrices {
  private final Objective objective;
  private final EnergyModel power;
  private final NodeState device;
  private final NodeState server;
  private final LinkState link;
  private final int layers;

  LegPrices(Objective objective, Observation observation, int node) {
    this.objective = objective;
    this.power = observation.power();
    this.device = observation.device();
    ServerState state = observation.server(node);
    this.server = state.node();
    this.link = state.link();
    this.layers = observation.graph().size();
  }

  int layers() {
    return layers;
  }

  /** Of one run on the device of layers {@code from} (included) to {@code to} (excluded). */
  double near(int from, int to) {
    if (to <= 1) {
      return 0; // the input alone is no work
    }
    double seconds = device.times().startSeconds() + device.times().between(from, to);
    return objective == Objective.LATENCY ? seconds : power.computeWatts() * seconds;
  }

  /** Of one run on the server, its queue included. */
  double far(int from, int to) {
    double run = server.times().startSeconds() + server.times().between(from, to);
    return waiting(server.queueSeconds() + run);
  }

  /** Of sending so many bits in one transfer; free if there are none. */
  double up(double bits) {
    double seconds = seconds(bits, link.up());
    return transfer(bits, seconds, power.radio().sendJoules(bits, seconds));
  }

  /** Of receiving so many bits in one transfer; free if there are none. */
  double down(double bits) {
    double seconds = seconds(bits, link.down());
    return transfer(bits, seconds, power.radio().receiveJoules(bits, seconds));
  }

  private double transfer(double bits, double seconds, double radioJoules) {
    if (bits == 0 || seconds == Double.POSITIVE_INFINITY) {
      return seconds; // no answer has no price, whatever its joules
    }
    double waiting = waiting(seconds + link.rttSeconds() / 2);
    return objective == Objective.LATENCY ? waiting : waiting + radioJoules;
  }

  private double waiting(double seconds) {
    return objective == Objective.LATENCY ? seconds : power.idleWatts() * seconds;
  }

  private static double seconds(double bits, Bandwidth rate) {
    return bits == 0 ? 0 : bits / rate.bitsPerSecond();
  }
}
