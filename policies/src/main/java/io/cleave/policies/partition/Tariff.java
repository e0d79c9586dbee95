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
  Toll near(double seconds) {
    return new Toll(seconds, power.computeWatts() * seconds, 0);
  }

  /** Work of the server in one go, for which it is queued once and the device waits. */
  Toll far(double seconds) {
    return waiting(queueSeconds + seconds, seconds);
  }

  /** The same as a part of what is under way. */
  Toll farLayer(double seconds) {
    return waiting(seconds, seconds);
  }

  /** So many bits sent in one transfer; free if there are none. */
  Toll up(double bits) {
    double seconds = seconds(bits, link.up());
    return transfer(bits, seconds, power.radio().sendJoules(bits, seconds));
  }

  /** So many bits received in one transfer; free if there are none. */
  Toll down(double bits) {
    double seconds = seconds(bits, link.down());
    return transfer(bits, seconds, power.radio().receiveJoules(bits, seconds));
  }

  private Toll transfer(double bits, double seconds, double radioJoules) {
    if (bits == 0) {
      return Toll.FREE;
    }
    if (seconds == Double.POSITIVE_INFINITY) {
      return Toll.NEVER; // no answer has no price, whatever its joules
    }
    Toll waiting = waiting(seconds + link.rttSeconds() / 2, 0);
    return new Toll(waiting.seconds(), waiting.joules() + radioJoules, 0);
  }

  private Toll waiting(double seconds, double serverSeconds) {
    return new Toll(seconds, power.idleWatts() * seconds, serverSeconds);
  }

  private static double seconds(double bits, Bandwidth rate) {
    return bits == 0 ? 0 : bits / rate.bitsPerSecond();
  }
}
