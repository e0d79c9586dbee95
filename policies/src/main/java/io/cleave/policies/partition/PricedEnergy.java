package io.cleave.policies.partition;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;

/**
 * The same problem with every second made longer by what its joules are worth, so that a planner of
 * least latency finds the plans of least latency plus priced energy. Cuts are the same, rates are
 * not: an uplink second counts more there and a bit costs something at any rate.
 */
final class PricedEnergy {
  private PricedEnergy() {}

  static Observation inSeconds(Observation observation, int node) {
    EnergyModel power = observation.power();
    double price = observation.demand().secondsPerJoule();
    double waiting = 1 + price * power.idleWatts();
    ServerState server = observation.server(node);
    NodeState device = observation.device();
    List<ServerState> servers = new ArrayList<>(observation.servers());
    servers.set(
        node - 1,
        new ServerState(
            server
                .node()
                .with(server.node().times().scaled(waiting))
                .withQueue(server.node().queueSeconds() * waiting),
            link(server.link(), waiting, price, power.radio())));
    return new Observation(
        observation.graph(),
        device.with(device.times().scaled(1 + price * power.computeWatts())),
        power,
        servers,
        observation.demand());
  }

  private static LinkState link(LinkState link, double waiting, double price, Radio radio) {
    double perBit =
        link.down().secondsPerBit() * (waiting + price * radio.baseWatts())
            + price * radio.downWattsPerMbps() / 1e6;
    return new LinkState(
        link.up(), new Bandwidth(1 / perBit), link.rttSeconds() * waiting, RateError.NONE);
  }
}
