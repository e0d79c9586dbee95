package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinCutTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new MinCut();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsPushRelabelOnThePublishedGraph(long seed) {
    Observation observation = RandomProblems.dag(seed, 60);
    double seconds = decidedSeconds(new MinCut(), observation);
    double best = Local.entry(observation).fixedSeconds();
    for (int node = 1; node <= observation.servers().size(); node++) {
      double x = observation.server(node).link().up().secondsPerBit();
      if (x < Double.POSITIVE_INFINITY) {
        PartitionProblem problem = PartitionProblem.of(observation, node);
        best = Math.min(best, new PublishedGraph(problem, x, seconds).seconds());
      }
    }
    assertThat(seconds).isCloseTo(best, within(1e-9 * best));
  }

  /**
   * The server is fast at layer 1 (0.1 for 1 s) and slow at layer 2 (9 for 1 s). Without endless
   * arcs backwards a cut would put layer 1 there and take layer 2 back for nothing: 0.08 + 0.1 + 1.
   * Honest plans: local 2 s, all remote 0.08 + 9.1 s, layer 2 alone remote 1 + 0.08 + 9 s.
   */
  @Test
  void takesNoLayerBackForFree() {
    Observation observation =
        HandWorked.problem(
            HandWorked.chain(10_000, 10_000, 10_000),
            new double[] {0, 1, 1},
            new double[] {0, 0.1, 9},
            1);
    assertThat(decide(new MinCut(), observation).plan().isLocal()).isTrue();
  }

  /**
   * Layer 1 is free and makes 1,000 bytes that layers 2, 3 and 4 read; the input is 2,500 bytes.
   * Paid once, 0.008 s at 1 Mbit/s, its output is the cheapest to send; paid for each reader, 0.024
   * s, the input's 0.020 s would seem cheaper.
   */
  @Test
  void paysATensorWithThreeReadersOnce() {
    DnnGraph graph =
        HandWorked.network(
            new long[] {2_500, 1_000, 5_000, 5_000, 5_000, 10},
            List.of(List.of(), List.of(0), List.of(1), List.of(1), List.of(1), List.of(2, 3, 4)));
    Observation observation =
        HandWorked.problem(
            graph, new double[] {0, 0, 1, 1, 1, 1}, new double[] {0, 0, 0, 0, 0, 0}, 1);
    PlanTable.Entry entry = decide(new MinCut(), observation);
    assertThat(entry.plan().near()).isEqualTo(LayerSet.of(0, 1));
    assertThat(entry.uplinkBits()).isEqualTo(8_000);
  }

  /** The cut between the branches of a block: {layer 2's output, layer 1's}, each a tensor. */
  @Test
  void cutsBranchesAtDifferentDepths() {
    DnnGraph graph =
        HandWorked.network(
            new long[] {9_000, 4_000, 100, 8_000, 10},
            List.of(List.of(), List.of(0), List.of(1), List.of(1), List.of(2, 3)));
    Observation observation =
        HandWorked.problem(
            graph, new double[] {0, 0, 0.01, 3, 3}, new double[] {0, 0, 0.2, 0, 0}, 1);
    // Behind 1: 32 ms + 200 ms. Behind 1 and 2: 10 ms + 32 ms + 0.8 ms, the least.
    PlanTable.Entry entry = decide(new MinCut(), observation);
    assertThat(entry.plan().near()).isEqualTo(LayerSet.of(0, 1, 2));
    assertThat(entry.uplinkBits()).isEqualTo(8 * (4_000 + 100));
  }
}
