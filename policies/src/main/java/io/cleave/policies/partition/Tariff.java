package io.cleave.policies.partition;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.units.Bandwidth;

/** What work and transfers take between the device and one server. */
final class Tariff {
  private final EnergyModel power;
  private final double queueSeconds;
  private final LinkState link;

  Tariff(Observation observation, int node) {
    ServerState server = observation.server(node);
    this.power = observation.power();
    this.queueSeconds = server.node().queueSeconds();
    this.link = server.link();
  }

  /** Work of the device. */
  Expense near(double seconds) {
    return new Expense(seconds, power.computeWatts() * seconds, 0);
  }

  /** Work of the server in one go, for which it is queued once and the device waits. */
  Expense far(double seconds) {
    return waiting(queueSeconds + seconds, seconds);
  }

  /** The same as a part of what is under way. */
  Expense farLayer(double seconds) {
    return waiting(seconds, seconds);
  }

  /** So many bits sent in one transfer; free if there are none. */
  Expense up(double bits) {
    double seconds = seconds(bits, link.up());
    return transfer(bits, seconds, power.radio().sendJoules(bits, seconds));
  }

  /** So many bits received in one transfer; free if there are none. */
  Expense down(double bits) {
    double seconds = seconds(bits, link.down());
    return transfer(bits, seconds, power.radio().receiveJoules(bits, seconds));
  }

  private Expense transfer(double bits, double seconds, double radioJoules) {
    if (bits == 0) {
      return Expense.FREE;
    }
    if (seconds == Double.POSITIVE_INFINITY) {
      return Expense.NEVER; // no answer has no price, whatever its joules
    }
    Expense waiting = waiting(seconds + link.rttSeconds() / 2, 0);
    return new Expense(waiting.seconds(), waiting.joules() + radioJoules, 0);
  }

  private Expense waiting(double seconds, double serverSeconds) {
    return new Expense(seconds, power.idleWatts() * seconds, serverSeconds);
  }

  private static double seconds(double bits, Bandwidth rate) {
    return bits == 0 ? 0 : bits / rate.bitsPerSecond();
  }
}
