package io.cleave.testbed.bench;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How long planners that share layers think, with links that change each time. */
public final class TilingBench {
  private static final double SLOWEST_MBPS = 20;
  private static final double FASTEST_MBPS = 100;

  private TilingBench() {}

  /**
   * Decisions one after the other.
   *
   * @param boards all of them, two in three of a slower kind
   * @param rounds of which the last half counts
   */
  public static Spread seconds(String planner, Zoo network, int boards, int rounds) {
    DnnGraph graph = network.graph();
    Planner made = PlannerCatalog.standard().create(PlannerSpec.parse(planner));
    SplittableRandom random = new SplittableRandom(1);
    Spread spread = new Spread();
    for (int round = 0; round < rounds; round++) {
      Observation seen = cluster(graph, boards, random);
      long start = System.nanoTime();
      made.plan(seen);
      if (round >= rounds / 2) {
        spread.add((System.nanoTime() - start) * 1e-9);
      }
    }
    return spread;
  }

  private static Observation cluster(DnnGraph graph, int boards, SplittableRandom random) {
    List<ServerState> others = new ArrayList<>();
    for (int i = 1; i < boards; i++) {
      DeviceClass kind = i % 3 == 0 ? DeviceClass.RASPBERRY_PI_4B : DeviceClass.RASPBERRY_PI_3B;
      LinkState link =
          new LinkState(
              Bandwidth.mbps(random.nextDouble(SLOWEST_MBPS, FASTEST_MBPS)),
              Bandwidth.mbps(random.nextDouble(SLOWEST_MBPS, FASTEST_MBPS)),
              0.003,
              RateError.NONE);
      others.add(new ServerState(node("board-" + i, kind, graph), link));
    }
    DeviceClass own = DeviceClass.RASPBERRY_PI_3B;
    return new Observation(
        graph,
        node("board-0", own, graph),
        own.energy(),
        others,
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }

  private static NodeState node(String name, DeviceClass kind, DnnGraph graph) {
    return new NodeState(name, kind.profile().times(graph), 0);
  }
}
