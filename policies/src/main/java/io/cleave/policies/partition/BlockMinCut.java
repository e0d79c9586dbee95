package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Finds the same cut as {@link MinCut}, but searches only between adjacent cut vertices, and only
 * where a lower bound leaves hope: QDMP.
 *
 * <p>Source: Zhang et al., IMWUT 2020, doi 10.1145/3397315: an optimal cut lies between two
 * adjacent cut vertices of the network. The sweep, the prefix sums and the bound are ours.
 *
 * <p>Complexity: O(V + E) to prepare a network, then per decision O(V) plus O(V_b^2 E_b) for each
 * stretch b that the bound does not rule out, instead of O(V^2 E); V layers, E reads.
 *
 * <p>Assumes: as {@link MinCut}. Layer times are those of contiguous runs, spread over the layers.
 *
 * <p>Differs: (1) the bound on what crosses a stretch is its exact minimum, found once when the
 * network is prepared; (2) a stretch's flow stops as soon as it exceeds the best cut known; (3) all
 * servers are tried, "all remote" does not pay the device's start.
 *
 * <p>Ties (a relative 1e-12): local, then the lower node, then cuts behind cut vertices from the
 * input on, then cuts within stretches from the input on. Keeps what it prepared for each network.
 * Owned by one thread.
 */
public final class BlockMinCut implements Planner {
  private final Prepared<BlockSearch> prepared = new Prepared<>(BlockSearch::new);

  @Override
  public PlanTable plan(Observation observation) {
    BlockSearch search = prepared.of(observation.graph());
    PlanTable.Entry local = Local.entry(observation);
    Contest contest = new Contest(local, local.fixedSeconds());
    for (int node = 1; node <= observation.servers().size(); node++) {
      double x = observation.server(node).link().up().secondsPerBit();
      if (x < Double.POSITIVE_INFINITY) {
        PartitionProblem problem = PartitionProblem.of(observation, node, search.skeleton);
        search.load(problem.te, problem.tc, problem.startSeconds);
        double seconds = problem.waitSeconds + search.search(x);
        contest.offer(problem.entry(search.near()), seconds);
      }
    }
    return PlanTable.constant(contest.winner());
  }
}
