package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which codec is taken with which cut. */
final class HedgedCodecsTest {
  private static final double[] DECADES = {2, 4, 5, 6, 7, 8, 9, 10};

  /** On chains a codec only changes what a bit costs, so no cut of another table is missing. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void ofAllCutsAndCodecsItTakesTheCheapest(long seed) {
    List<Codec> codecs = List.of(Codec.FP32, Codec.FP16, Codec.INT8);
    for (double secondsPerJoule : new double[] {0, 0.3}) {
      Observation chain = priced(RandomProblems.chain(seed, 9), secondsPerJoule);
      ServerState first = chain.servers().get(0);
      LinkState link = first.link();
      LinkState exact = new LinkState(link.up(), link.down(), link.rttSeconds(), RateError.NONE);
      Observation problem = chain.with(List.of(new ServerState(first.node(), exact)));
      for (double decade : DECADES) {
        Observation now = RandomProblems.atUplink(problem, new Bandwidth(Math.pow(10, decade)));
        double best = cost(Plan.local(now.graph()), now);
        for (int near = 1; near < now.graph().size(); near++) {
          Plan split = Plan.split(now.graph(), LayerSet.range(0, near), 1);
          for (Codec codec : codecs) {
            best = Math.min(best, cost(split.with(codec), now));
          }
        }
        PlanTable table =
            new HedgedTable(new HedgedTable.Settings(true, false, Hedge.NEVER, codecs, 1))
                .plan(now);
        Plan taken = table.at(now.server(1).link().up()).plan();
        assertThat(cost(taken, now)).isLessThanOrEqualTo(best * (1 + 1e-9));
      }
    }
  }

  private static Observation priced(Observation seen, double secondsPerJoule) {
    return new Observation(
        seen.graph(),
        seen.device(),
        seen.power(),
        seen.servers(),
        new Demand(1e-9, 9, secondsPerJoule));
  }

  private static double cost(Plan plan, Observation seen) {
    Estimate estimate = CostModel.estimate(plan, seen);
    double price = seen.demand().weights().perJoule();
    return estimate.seconds() + (price == 0 ? 0 : price * estimate.energy().joules());
  }
}
