package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Makes the busiest of device, link and server as little busy as it can, so that most frames pass:
 * what DADS does under heavy load. Weighs the three stages, cuts at least weighted sum, and
 * searches the weights on a grid that closes in on the best.
 *
 * <p>Source: Hu, Bao, Wang, Liu, "Dynamic Adaptive DNN Surgery for Inference Acceleration on the
 * Edge", INFOCOM 2019, the algorithm for heavy load (DSH). The problem is NP-hard; the grid holds
 * the weights (1, 1, 1), whose cut is at most three times as busy as the best.
 *
 * <p>Complexity: 81 minimum cuts, then 24 for each refinement, at most 6; each block by block.
 *
 * <p>Assumes: stages overlap from frame to frame; the way back is short.
 *
 * <p>Differs: (1) the grid is geometric and has nine points an axis: the published one steps by 1
 * from 0 to sum(F_e) / min(F_t), which is millions of cuts where a tensor is small, and a cut
 * depends on the ratios of the weights only; the least weight, min(F_t) / sum(F_e), acts as 0; (2)
 * queues and round trips delay a frame but occupy no stage, so they are no part of the maximum; an
 * answer's way back is the server's; (3) of plans equally busy (a relative 1e-12) the one with less
 * latency wins; all local is a candidate, and all servers are tried.
 *
 * <p>Keeps what it prepared for each network. Owned by one thread.
 */
public final class BottleneckCut implements Planner {
  private static final int HALF = 4; // grid points to either side of weight 1
  private static final int REFINEMENTS = 6;
  private static final double EPSILON = 1e-3; // relative improvement that ends the refinement

  private final Prepared<BlockSearch> prepared = new Prepared<>(BlockSearch::new);

  @Override
  public PlanTable plan(Observation observation) {
    BlockSearch search = prepared.of(observation.graph());
    PlanTable.Entry local = Local.entry(observation);
    Best best = new Best(local, Local.busy(observation), local.fixedSeconds());
    for (int node = 1; node <= observation.servers().size(); node++) {
      double x = observation.server(node).link().up().secondsPerBit();
      if (x < Double.POSITIVE_INFINITY) {
        PartitionProblem problem = PartitionProblem.of(observation, node, search.skeleton);
        new Grid(problem, search, x).descend(best);
      }
    }
    return PlanTable.constant(best.entry);
  }

  /** The least busy plan so far, over all servers. */
  private static final class Best {
    PlanTable.Entry entry;
    double longest; // seconds of the busiest stage
    double seconds; // latency

    Best(PlanTable.Entry entry, double longest, double seconds) {
      this.entry = entry;
      this.longest = longest;
      this.seconds = seconds;
    }

    void offer(PartitionProblem problem, LayerSet near, double offered, double x) {
      double guard = BlockSearch.GUARD * longest;
      if (offered > longest + guard) {
        return;
      }
      double latency = problem.seconds(near, x);
      if (offered < longest - guard || latency < seconds - BlockSearch.GUARD * seconds) {
        entry = problem.entry(near);
        longest = offered;
        seconds = latency;
      }
    }
  }

  /** The weights tried for one server, as exponents of e: device and server against the link. */
  private static final class Grid {
    private final PartitionProblem problem;
    private final BlockSearch search;
    private final double x;
    private final double[] device;
    private final double[] server;
    private double centreDevice;
    private double centreServer;
    private double least = Double.POSITIVE_INFINITY; // of this server, so that its grid descends

    Grid(PartitionProblem problem, BlockSearch search, double x) {
      this.problem = problem;
      this.search = search;
      this.x = x;
      this.device = new double[problem.te.length];
      this.server = new double[problem.tc.length];
    }

    void descend(Best best) {
      double stepDevice = reach(problem.te, problem.startSeconds) / HALF;
      double stepServer = reach(problem.tc, 0) / HALF;
      around(best, HALF, stepDevice, stepServer);
      for (int i = 0; i < REFINEMENTS; i++) {
        double before = least;
        stepDevice /= 2;
        stepServer /= 2;
        around(best, 2, stepDevice, stepServer);
        if (!(least < before - EPSILON * before)) {
          return;
        }
      }
    }

    /** Logarithm of the weight at which a stage outweighs every transfer, at least 1. */
    private double reach(double[] seconds, double start) {
      double sum = start;
      for (int v = 1; v < problem.skeleton.sink; v++) {
        sum += seconds[v] < Double.POSITIVE_INFINITY ? seconds[v] : 0;
      }
      double leastBits = Double.POSITIVE_INFINITY;
      for (double bits : problem.skeleton.bits) {
        leastBits = Math.min(leastBits, bits);
      }
      return Math.max(1, Math.log(Math.max(sum, Double.MIN_NORMAL) / (leastBits * x)));
    }

    private void around(Best best, int half, double stepDevice, double stepServer) {
      double fromDevice = centreDevice;
      double fromServer = centreServer;
      for (int i = -half; i <= half; i++) {
        for (int j = -half; j <= half; j++) {
          weigh(best, fromDevice + i * stepDevice, fromServer + j * stepServer);
        }
      }
    }

    private void weigh(Best best, double logDevice, double logServer) {
      double alpha = Math.exp(logDevice);
      double gamma = Math.exp(logServer);
      for (int v = 0; v < problem.skeleton.sink; v++) {
        device[v] = alpha * problem.te[v];
        server[v] = gamma * problem.tc[v];
      }
      server[problem.skeleton.sink] = gamma * problem.serverStartSeconds;
      search.load(device, server, alpha * problem.startSeconds);
      search.search(x);
      LayerSet near = search.near();
      double longest = problem.stages(near, x).longest();
      if (longest < least) {
        least = longest;
        centreDevice = logDevice;
        centreServer = logServer;
      }
      best.offer(problem, near, longest, x);
    }
  }
}
