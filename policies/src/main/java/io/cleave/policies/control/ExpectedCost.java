package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;

/**
 * What a frame costs under a table on average over the link's known estimate errors: the table is
 * looked up at the estimated rate and the frame runs at the true one. The unit is the demand's:
 * seconds plus joules, lost points and servers' seconds at their prices. The device's own queue is
 * left out: it is the same under every plan, and beside it every gain would look small.
 */
final class ExpectedCost {
  /** What an outage adds to a transfer at most; nobody knows how long one lasts. */
  static final double OUTAGE_SECONDS = 10;

  private ExpectedCost() {}

  /** The plan that a table gives at the observed rate. */
  static Plan planAt(PlanTable table, Observation observation) {
    return table.at(observedRate(table, observation)).plan();
  }

  /** Expected cost of the frame that runs by the table at the observed rate; always finite. */
  static double of(PlanTable table, Observation observation) {
    Plan plan = planAt(table, observation);
    Itinerary itinerary = Itinerary.of(plan, observation);
    int node = PlanInForce.serverOf(table);
    if (plan.isLocal() || node == Stage.DEVICE) {
      return cost(priced(itinerary, plan, observation), observation) + points(plan, observation);
    }
    LinkState link = observation.server(node).link();
    List<ServerState> servers = new ArrayList<>(floored(observation, itinerary));
    ServerState floored = servers.get(node - 1);
    double upBits = bits(itinerary, true);
    double sum = 0;
    for (double ratio : link.upError().ratios()) {
      double up = ratio * link.up().bitsPerSecond();
      servers.set(node - 1, with(floored, floored(up, link.up().bitsPerSecond(), upBits)));
      Observation truth = observation.with(servers);
      sum += cost(priced(itinerary, plan, truth), truth);
    }
    return sum / link.upError().ratios().size() + points(plan, observation);
  }

  /** A plan with exits has more than one itinerary; the given one is that of the last exit. */
  private static Estimate priced(Itinerary itinerary, Plan plan, Observation observation) {
    return plan.exits().isPresent()
        ? CostModel.estimate(plan, observation)
        : CostModel.price(itinerary, plan, observation);
  }

  private static double cost(Estimate estimate, Observation observation) {
    Weights weights = observation.demand().weights();
    double seconds = estimate.seconds() - observation.device().queueSeconds();
    return seconds
        + weights.joules(estimate.energy().joules())
        + weights.serverSeconds(estimate.serverSeconds());
  }

  /** What lost points are worth, which no rate changes. */
  static double points(Plan plan, Observation observation) {
    Weights weights = observation.demand().weights();
    return weights.perPoint() == 0 ? 0 : weights.points(Costs.lossPoints(plan, observation));
  }

  private static Bandwidth observedRate(PlanTable table, Observation observation) {
    int node = PlanInForce.serverOf(table);
    return observation.server(node == Stage.DEVICE ? 1 : node).link().up();
  }

  /** Every link so fast that an outage costs {@link #OUTAGE_SECONDS} and no more. */
  private static List<ServerState> floored(Observation seen, Itinerary itinerary) {
    double upBits = bits(itinerary, true);
    double downBits = bits(itinerary, false);
    List<ServerState> servers = new ArrayList<>(seen.servers().size());
    for (ServerState server : seen.servers()) {
      LinkState link = server.link();
      double up = link.up().bitsPerSecond();
      LinkState fast =
          new LinkState(
              floored(up, up, upBits),
              floored(link.down().bitsPerSecond(), 0, downBits),
              link.rttSeconds(),
              link.upError());
      servers.add(new ServerState(server.node(), fast));
    }
    return servers;
  }

  private static ServerState with(ServerState server, Bandwidth up) {
    LinkState link = server.link();
    return new ServerState(
        server.node(), new LinkState(up, link.down(), link.rttSeconds(), link.upError()));
  }

  private static Bandwidth floored(double rate, double estimate, double bits) {
    double longest = OUTAGE_SECONDS + (estimate > 0 ? bits / estimate : 0);
    return new Bandwidth(Math.max(rate, bits / longest));
  }

  private static double bits(Itinerary itinerary, boolean up) {
    return itinerary.hops().stream()
        .mapToDouble(
            hop ->
                hop instanceof Hop.Transfer transfer && transfer.up() == up ? transfer.bits() : 0)
        .sum();
  }
}
