package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.ExitProblems;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What forms of numbers cost in right answers, wherever plans are compared. */
class LossByFormTest {
  private static final int CUT = 2;

  private static Observation with(Observation o, UnaryOperator<Tensor> knowledge) {
    return new Observation(
        o.graph().with(knowledge), o.device(), o.power(), o.servers(), o.demand(), o.exits());
  }

  private static Tensor fourBits(Tensor tensor, double lost) {
    return tensor.with(Map.of(Codec.INT4.name(), new Tensor.Measured(0.125, lost)));
  }

  /** Of a chain, of which layer l makes tensor l: what crosses counts, and nothing else. */
  @Test
  void theCodecCostsWhatWasMeasuredOfWhatCrosses() {
    Observation seen =
        with(
            RandomProblems.chain(1, 40),
            tensor -> fourBits(tensor, tensor.producer() == CUT ? 0.02 : 0.5));
    DnnGraph graph = seen.graph();
    Plan cut = Plan.split(graph, LayerSet.range(0, CUT + 1), 1);
    assertThat(Costs.of(cut.with(Codec.INT4), seen).lossPoints()).isCloseTo(2, within(1e-9));
    assertThat(Costs.of(cut, seen).lossPoints()).isZero();
    assertThat(Costs.of(Plan.local(graph).with(Codec.INT4), seen).lossPoints()).isZero();
    assertThat(Expectation.of(cut.with(Codec.INT4), seen).accuracy()).isNaN(); // nobody asked
  }

  /** With exits only those frames lose that are handed over. */
  @Test
  void framesThatLeaveBeforeLoseNothing() {
    Observation plain = ExitProblems.of(3, 2, 60);
    Observation seen = with(plain, tensor -> fourBits(tensor, 0.1));
    Plan local = Plan.local(seen.graph(), seen.exits());
    Plan remote =
        Plan.split(seen.graph(), local.exits().orElseThrow(), LayerSet.of(0), 1).with(Codec.INT4);
    double whole = Expectation.of(local, seen).accuracy();
    assertThat(Expectation.of(remote, seen).accuracy()).isCloseTo(whole - 0.1, within(1e-9));
    assertThat(Expectation.of(remote, plain).accuracy()).isCloseTo(whole, within(1e-9));
  }

  @Test
  void eightBitsCostWhatWasMeasured() {
    Observation chain = RandomProblems.chain(1, 40);
    LayerSet near = LayerSet.range(0, CUT + 1);
    for (double lost : new double[] {0.01, -0.01, Double.POSITIVE_INFINITY}) {
      Observation seen =
          with(
              chain,
              tensor ->
                  tensor.producer() == CUT ? tensor.with(new EightBits(0.5, 100, lost)) : tensor);
      Plan plan =
          new Plan(
              List.of(Stage.eightBits(near), new Stage(1, seen.graph().all().minus(near))),
              Codec.FP32,
              Hedge.NEVER,
              Optional.empty());
      double points = lost == 0.01 ? 1 : 0; // a gain is no loss, and what is unknown is not counted
      assertThat(Costs.of(plan, seen).lossPoints()).isCloseTo(points, within(1e-9));
    }
  }
}
