package io.cleave.policies.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.ExitProblems;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerEntry;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.exits.LastExit;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every planner of the catalogue: no plan asks a machine for more than it has. */
final class EveryPlannerFitsTest {
  private static final List<Zoo> NETWORKS = List.of(Zoo.ALEXNET, Zoo.TINY_YOLOV2, Zoo.RESNET18);

  static List<PlannerEntry> planners() {
    return PlannerCatalog.standard().entries();
  }

  /** Limits around what the whole network needs; every third machine has none. */
  private static Observation limited(Observation seen, SplittableRandom random) {
    long whole = PlanNeed.of(seen.graph(), Plan.local(seen.graph())).get(0).bytes();
    NodeState device = limited(seen.device(), whole, random);
    List<ServerState> servers = new ArrayList<>();
    for (ServerState server : seen.servers()) {
      servers.add(new ServerState(limited(server.node(), whole, random), server.link()));
    }
    return new Observation(
        seen.graph(), device, seen.power(), servers, seen.demand(), seen.exits());
  }

  private static NodeState limited(NodeState node, long whole, SplittableRandom random) {
    long bytes =
        random.nextInt(3) == 0
            ? NodeState.UNLIMITED
            : (long) (whole * Math.exp(random.nextDouble(-3, 0.5)));
    return new NodeState(node.name(), node.times(), node.queueSeconds(), bytes);
  }

  @ParameterizedTest
  @MethodSource("planners")
  void onRandomNetworks(PlannerEntry entry) {
    for (long seed = 0; seed < 60; seed++) {
      check(entry, RandomProblems.dag(seed, 12), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("planners")
  void onNetworksOfTheZoo(PlannerEntry entry) {
    for (long seed = 0; seed < 6; seed++) {
      DnnGraph graph = NETWORKS.get((int) (seed % NETWORKS.size())).graph();
      check(entry, RandomProblems.around(seed, graph), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("planners")
  void onNetworksWithExits(PlannerEntry entry) {
    if (!entry.alias().equals("ans")) { // which knows of none
      for (long seed = 0; seed < 20; seed++) {
        check(entry, ExitProblems.of(seed, 3, 40), seed);
      }
    }
  }

  private static void check(PlannerEntry entry, Observation open, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PlannerSpec spec = new PlannerSpec(entry.alias(), Map.of());
    for (int round = 0; round < 3; round++) {
      Observation seen = limited(open, random);
      Planner made =
          PlannerCatalog.standard().create(spec, plan -> CostModel.estimate(plan, seen).seconds());
      boolean whole = PlannerCatalog.standard().clairvoyant(spec); // it sees no trunk
      Planner planner = WithinMemory.around(whole ? made : LastExit.around(made));
      try {
        for (PlanTable.Entry each : planner.plan(seen).entries()) {
          assertThat(Fit.tooSmall(each.plan(), seen))
              .as("machines too small for %s of %s, seed %d", each.plan(), entry.alias(), seed)
              .isEmpty();
        }
      } catch (TooLittleMemory none) {
        assertThat(seen.device().unlimited()).as("a device for all, seed %d", seed).isFalse();
        assertThat(Fit.fits(Plan.local(seen.graph(), seen.exits()), seen)).isFalse();
      }
    }
  }
}
