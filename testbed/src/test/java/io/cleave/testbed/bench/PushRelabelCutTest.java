package io.cleave.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.units.Bandwidth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRelabelCutTest {
  /** Whole-number capacities are a 2^30th of the local latency: a relative 1e-6 on the way. */
  @ParameterizedTest
  @CsvSource({"resnet50, 1", "resnet50, 40", "inceptionv4, 1", "inceptionv4, 1000"})
  void findsTheSameCutAsOurs(String network, double mbps) {
    DnnGraph graph = Zoo.byName(network).graph();
    for (BenchScene scene :
        new BenchScene[] {BenchScene.weakDevice(graph), BenchScene.unevenServer(graph)}) {
      Observation observation = scene.at(Bandwidth.mbps(mbps));
      Plan plan = new MinCut().plan(observation).entries().get(0).plan();
      double own = CostModel.estimate(plan, observation).seconds();
      if (plan.near().size() > 1) { // what the opponent leaves out
        own -= observation.device().times().startSeconds();
      }
      assertThat(new PushRelabelCut(observation).seconds()).isCloseTo(own, within(1e-5 * own));
    }
  }
}
