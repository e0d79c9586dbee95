package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.units.Bandwidth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks that people run, at every rate that links have. */
class ZooTest {
  private static final int RATES = 60;

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void blockwiseAndWholeMinimumCutsAgree(Zoo zoo) {
    MinCut whole = new MinCut();
    BlockMinCut blockwise = new BlockMinCut();
    for (Observation observation : ZooProblems.around(zoo.graph())) {
      for (int i = 0; i < RATES; i++) {
        Bandwidth up =
            Bandwidth.mbps(Math.pow(10, -2 + 6.0 * i / (RATES - 1))); // 10 kbit/s-10 Gbit/s
        Observation there = RandomProblems.atUplink(observation, up);
        double expected = PartitionPlannerContract.decidedSeconds(whole, there);
        assertThat(PartitionPlannerContract.decidedSeconds(blockwise, there))
            .as("%s at %s", zoo.id(), up)
            .isCloseTo(expected, within(1e-9 * expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void tablesEqualSolvingAnew(Zoo zoo) {
    for (Observation observation : ZooProblems.around(zoo.graph())) {
      ExactTablesTest.equalsSolvingAnew(observation, zoo.id().length());
    }
  }

  /** Push-relabel takes long on the large networks, hence two rates. */
  @ParameterizedTest
  @EnumSource(Zoo.class)
  void wholeMinimumCutEqualsPushRelabel(Zoo zoo) {
    for (Observation observation : ZooProblems.around(zoo.graph())) {
      for (double mbps : new double[] {2, 40}) {
        Observation there = RandomProblems.atUplink(observation, Bandwidth.mbps(mbps));
        double seconds = PartitionPlannerContract.decidedSeconds(new MinCut(), there);
        double x = 1 / (mbps * 1e6);
        double oracle =
            Math.min(
                Local.entry(there).fixedSeconds(),
                new PublishedGraph(PartitionProblem.of(there, 1), x, seconds).seconds());
        assertThat(seconds).isCloseTo(oracle, within(1e-9 * oracle));
      }
    }
  }
}
