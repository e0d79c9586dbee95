package io.cleave.testbed.reproduce;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Equal boards, one of which has the frames, all over one radio: what the cost model says of them.
 */
final class Cluster {
  private static final double RTT_SECONDS = 0.003;
  private static final double SLOWEST_MBPS = 1e-4;

  private final Observation observation;

  /**
   * @param network whose layers take as long beside each other as on a Raspberry Pi 3B
   * @param slowdown by which the boards are slower than that
   * @param boards all of them, at least 2
   * @param mbps of the radio, both ways
   */
  Cluster(DnnGraph network, double slowdown, int boards, double mbps) {
    DeviceClass kind = DeviceClass.RASPBERRY_PI_3B;
    LayerTimes times = kind.profile().times(network).scaled(slowdown);
    Bandwidth rate = Bandwidth.mbps(mbps);
    List<ServerState> others = new ArrayList<>();
    for (int i = 1; i < boards; i++) {
      others.add(
          new ServerState(
              new NodeState("board-" + i, times, 0),
              new LinkState(rate, rate, RTT_SECONDS, RateError.NONE)));
    }
    this.observation =
        new Observation(
            network,
            new NodeState("board-0", times, 0),
            kind.energy(),
            others,
            new Demand(1, Double.POSITIVE_INFINITY, 0));
  }

  /** The only plan of a planner. */
  Plan plan(String planner) {
    return PlannerCatalog.standard()
        .create(PlannerSpec.parse(planner))
        .plan(observation)
        .entries()
        .get(0)
        .plan();
  }

  /** The boards and the radio; board 0 has the frames. */
  Observation observation() {
    return observation;
  }

  /** Seconds on one board. */
  double alone() {
    return observation.device().times().run(observation.graph().all());
  }

  /** Seconds of a plan over one radio. */
  double seconds(Plan plan) {
    double sum = 0;
    for (Hop hop : Itinerary.of(plan, observation).hops()) {
      if (hop instanceof Hop.Compute compute) {
        sum += compute.seconds();
      } else if (hop instanceof Hop.Transfer transfer) {
        LinkState link = observation.server(transfer.server()).link();
        sum += transfer.bits() / link.up().bitsPerSecond() + RTT_SECONDS / 2;
      } else if (hop instanceof Hop.Shared shared) {
        sum += Gathering.of(shared, observation, Codec.FP32, Airtime.SHARED).seconds();
      }
    }
    return sum;
  }

  /** Times faster than one board. */
  double speedup(String planner) {
    return alone() / seconds(plan(planner));
  }

  /** Megabytes that cross the radio a frame, both ways. */
  double megabytes(Plan plan) {
    double bits = 0;
    for (Hop hop : Itinerary.of(plan, observation).hops()) {
      if (hop instanceof Hop.Transfer transfer) {
        bits += transfer.bits();
      } else if (hop instanceof Hop.Shared shared) {
        for (Hop.Branch branch : shared.branches()) {
          bits += branch.upBits() + branch.downBits();
        }
      }
    }
    return bits / Byte.SIZE / 1e6;
  }

  /**
   * The rate in Mbit/s below which a board had better be alone, to a hundredth.
   *
   * @param fastestMbps at which it had better not
   * @param alone true of rates at which it had
   */
  static double wholeBelow(double fastestMbps, DoublePredicate alone) {
    double whole = SLOWEST_MBPS;
    double split = fastestMbps;
    while (split / whole > 1.01) {
      double between = Math.sqrt(whole * split);
      if (alone.test(between)) {
        whole = between;
      } else {
        split = between;
      }
    }
    return split;
  }

  /** How often layers are shared. */
  static long shared(Plan plan) {
    return plan.stages().stream().map(Stage::sharing).filter(Optional::isPresent).count();
  }
}
