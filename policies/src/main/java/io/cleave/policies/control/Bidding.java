package io.cleave.policies.control;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.matching.Bid;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.memory.TooLittleMemory;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a device bids: for each server that it reaches, the plans that its planner has for it, each
 * with what it costs while nobody else is there, how much work it brings, and for how long it keeps
 * the server's own link busy, which comes on top of the device's. Costs are in the demand's unit,
 * expected over the link's known errors, as the switch rule counts them; besides, what the device's
 * frames wait for each other.
 */
final class Bidding {
  /** What keeps a device that has no room for its network from being alone while anybody helps. */
  private static final double NO_ROOM_SECONDS = 1e3;

  private final Planner planner;

  Bidding(Planner planner) {
    this.planner = planner;
  }

  /**
   * A bid and what it stands for.
   *
   * @param plan in which the server, if there is one, is node 1
   */
  record Offer(Bid bid, Plan plan) {}

  /** The plans of a device that sees one server only. */
  private record Helped(Observation alone, List<Plan> plans) {}

  /** In ascending order of hosts, the local one first. */
  List<Offer> offers(Reach reach, Hosts hosts) {
    Observation seen = reach.observation();
    List<Helped> all = new ArrayList<>(); // [server]
    for (int i = 0; i < seen.servers().size(); i++) {
      Observation alone = alone(seen, i, 0);
      all.add(new Helped(alone, plans(alone)));
    }
    List<Offer> offers = new ArrayList<>();
    Plan local = Plan.local(seen.graph(), seen.exits());
    double won = won(local, all, seen);
    double room = Fit.fits(local, seen) ? 0 : NO_ROOM_SECONDS;
    offers.add(new Offer(Bid.local(room + cost(local, seen) + won), local));
    for (int i = 0; i < all.size(); i++) {
      Observation alone = all.get(i).alone();
      int host = hosts.number(seen.servers().get(i).node().name());
      List<Plan> plans = all.get(i).plans();
      double[] learned = learned(alone, plans);
      for (int each = 0; each < learned.length; each++) {
        Plan plan = plans.get(each);
        double work = HostWork.seconds(plan, alone);
        double rest = Math.max(0, cost(plan, alone) + won + learned[each] - work);
        double access = HostWork.bits(plan, alone) * hosts.accessSecondsPerBit(host);
        offers.add(new Offer(new Bid(host, rest, work, access), plan));
      }
    }
    offers.sort(Comparator.comparingInt(offer -> offer.bid().host()));
    return offers;
  }

  /**
   * Seconds that the most points that a plan wins are worth. They are added to all bids alike,
   * which changes nobody's choice, since no bid may be below 0.
   */
  private static double won(Plan local, List<Helped> all, Observation seen) {
    double least = Math.min(0, ExpectedCost.points(local, seen));
    for (Helped helped : all) {
      for (Plan plan : helped.plans()) {
        least = Math.min(least, ExpectedCost.points(plan, helped.alone()));
      }
    }
    return 0 - least;
  }

  /** Those that need the server; none if the two together have no room for the network. */
  private List<Plan> plans(Observation alone) {
    try {
      return planner.plan(alone).entries().stream()
          .map(PlanTable.Entry::plan)
          .filter(plan -> !plan.isLocal())
          .toList();
    } catch (TooLittleMemory none) {
      return List.of();
    }
  }

  /** [plan] seconds by which the planner corrects what the cost model expects. */
  double[] learned(Observation alone, List<Plan> plans) {
    return planner.learned(alone, 1, plans);
  }

  /** Only one server, at which a frame waits so long. */
  static Observation alone(Observation seen, int place, double queueSeconds) {
    ServerState server = seen.servers().get(place);
    NodeState node = server.node().withQueue(queueSeconds);
    return seen.with(List.of(new ServerState(node, server.link())));
  }

  private static double cost(Plan plan, Observation seen) {
    PlanTable table = PlanTable.constant(new PlanTable.Entry(plan, 0, 0));
    Estimate estimate = CostModel.estimate(plan, seen);
    return ExpectedCost.of(table, seen)
        + OwnWait.seconds(seen.demand(), OwnWait.computing(estimate, seen))
        + OwnWait.seconds(seen.demand(), estimate.way().uplink());
  }
}
