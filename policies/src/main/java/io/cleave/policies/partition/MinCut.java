package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.BitSet;

/**
 * Places each layer on device or server by one minimum cut of the latency graph of the whole
 * network: what DADS does under light load.
 *
 * <p>Source: Hu, Bao, Wang, Liu, "Dynamic Adaptive DNN Surgery for Inference Acceleration on the
 * Edge", INFOCOM 2019, the algorithm for light load (DSL).
 *
 * <p>Complexity: O(V^2 E) time by Dinic's algorithm, O(V + E) memory; V layers plus one vertex for
 * each tensor with several readers, E reads.
 *
 * <p>Assumes: one frame in flight, additive layer times, one uplink rate while the frame crosses.
 *
 * <p>Differs: (1) the input is pinned to the device, so that a plan without device work pays for
 * the raw input; (2) endless arcs backwards keep a layer from returning to the device for free,
 * which the published construction allows where the server is slower; (3) each crossing tensor is
 * paid once and the round trip once, by a virtual sink that also charges the server's queue and
 * start; (4) Dinic's algorithm where the paper runs Boykov and Kolmogorov's, same optimum; (5) the
 * device's start is left out of the cut and "all remote", which does not pay it, compared apart;
 * (6) all servers are tried.
 *
 * <p>Ties (a relative 1e-12): local, then the lower node, then the cut nearest the input. Keeps
 * what it prepared for each network. Owned by one thread.
 */
public final class MinCut implements Planner {
  private final Prepared<Whole> prepared = new Prepared<>(Whole::of);

  @Override
  public PlanTable plan(Observation observation) {
    Whole network = prepared.of(observation.graph());
    PlanTable.Entry local = Local.entry(observation);
    Contest contest = new Contest(local, local.fixedSeconds());
    for (int node = 1; node <= observation.servers().size(); node++) {
      double x = observation.server(node).link().up().secondsPerBit();
      if (x < Double.POSITIVE_INFINITY) {
        PartitionProblem problem = PartitionProblem.of(observation, node, network.skeleton());
        PlanTable.Entry remote = problem.entry(LayerSet.of(0));
        contest.offer(remote, remote.secondsAt(x));
        PlanTable.Entry cut = problem.entry(network.cut(problem, x));
        contest.offer(cut, cut.secondsAt(x));
      }
    }
    return PlanTable.constant(contest.winner());
  }

  /** A network's flow arcs and the memory to solve them in. */
  private record Whole(Skeleton skeleton, Block block, Dinic dinic) {
    static Whole of(Skeleton skeleton) {
      Block block = Block.whole(skeleton);
      return new Whole(skeleton, block, new Dinic(block.network.vertices(), block.network.arcs()));
    }

    LayerSet cut(PartitionProblem problem, double x) {
      double guard = BlockSearch.FLOW_GUARD * problem.localSeconds();
      block.minimum(problem.te, problem.tc, Toll.at(x), Double.POSITIVE_INFINITY, guard, dinic);
      BitSet near = new BitSet(skeleton.sink);
      near.set(0);
      for (int v = 1; v < skeleton.sink; v++) {
        near.set(v, block.near(v, dinic));
      }
      return LayerSet.of(near);
    }
  }
}
