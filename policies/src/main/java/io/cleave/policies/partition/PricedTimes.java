package io.cleave.policies.partition;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;

/**
 * The same problem with every second made longer by what its joules, and a server's by what it
 * itself is worth, so that a planner of least latency finds the plans of least latency plus priced
 * joules and server seconds. The unit is a second of waiting with its joules, so that queues, round
 * trips and codecs stay as they are. Cuts are the same, rates are not: an uplink second counts more
 * there and a bit costs something at any rate.
 *
 * @param observation the problem made longer
 * @param waiting seconds that its unit is worth
 * @param sending units that a second of the uplink is worth
 * @param perBit units that a bit on the uplink is worth at any rate
 */
public record PricedTimes(Observation observation, double waiting, double sending, double perBit) {
  /** Towards one server; if nothing but time has a price, the problem as it is. */
  public static PricedTimes of(Observation observation, int node) {
    Weights weights = observation.demand().weights();
    if (weights.timeAlone()) {
      return new PricedTimes(observation, 1, 1, 0);
    }
    EnergyModel power = observation.power();
    double price = weights.perJoule();
    double waiting = 1 + price * power.idleWatts();
    ServerState server = observation.server(node);
    NodeState device = observation.device();
    List<ServerState> servers = new ArrayList<>(observation.servers());
    double serving = (waiting + weights.perServerSecond()) / waiting;
    servers.set(
        node - 1,
        new ServerState(
            server.node().with(server.node().times().scaled(serving)),
            link(server.link(), price / waiting, power.radio())));
    double computing = (1 + price * power.computeWatts()) / waiting;
    Observation longer =
        new Observation(
            observation.graph(),
            device.with(device.times().scaled(computing)),
            power,
            servers,
            observation.demand(),
            observation.exits());
    Radio radio = power.radio();
    return new PricedTimes(
        longer,
        waiting,
        1 + price / waiting * radio.baseWatts(),
        price / waiting * radio.upWattsPerMbps() / 1e6);
  }

  /** A line of that problem in seconds of this one, at this one's rates; with so many besides. */
  public <T> CostLine<T> line(CostLine<T> priced, double besides) {
    return new CostLine<>(
        waiting * (priced.fixed() + priced.bits() * perBit) + besides,
        waiting * priced.bits() * sending,
        priced.what());
  }

  private static LinkState link(LinkState link, double price, Radio radio) {
    return new LinkState(
        priced(link.up(), price, radio.baseWatts(), radio.upWattsPerMbps()),
        priced(link.down(), price, radio.baseWatts(), radio.downWattsPerMbps()),
        link.rttSeconds(),
        RateError.NONE);
  }

  private static Bandwidth priced(
      Bandwidth rate, double price, double baseWatts, double wattsPerMbps) {
    double perBit = rate.secondsPerBit() * (1 + price * baseWatts) + price * wattsPerMbps / 1e6;
    return new Bandwidth(1 / perBit);
  }
}
