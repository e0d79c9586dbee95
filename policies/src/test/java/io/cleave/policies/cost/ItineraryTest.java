package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.cost.Hop.Compute;
import io.cleave.policies.cost.Hop.Transfer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Legs worked out by hand from {@link HandMade}. */
class ItineraryTest {
  private final Observation chain = HandMade.observation();
  private final Observation skip = HandMade.observation(HandMade.skip(), 8000, 2);

  @Test
  void remoteRunWaitsForTheInputAndReturnsTheAnswer() {
    Itinerary itinerary = Itinerary.of(Plan.split(chain.graph(), LayerSet.of(0), 1), chain);
    assertThat(itinerary.hops())
        .containsExactly(
            new Transfer(1, true, 8000, 0),
            new Compute(1, server(1, 4)),
            new Transfer(1, false, 1000, 0));
    assertThat(itinerary.localRestSeconds()).isEqualTo(6.5);
  }

  @Test
  void localRunHasOneLegAndNoRest() {
    Itinerary itinerary = Itinerary.of(Plan.local(chain.graph()), chain);
    assertThat(itinerary.hops()).containsExactly(new Compute(0, 6.5));
    assertThat(itinerary.localRestSeconds()).isZero();
  }

  @Test
  void skipConnectionMakesTwoTensorsCross() {
    Itinerary itinerary = Itinerary.of(Plan.split(skip.graph(), LayerSet.of(0, 1, 2), 1), skip);
    assertThat(itinerary.hops()).contains(new Transfer(1, true, 4000 + 2000, 0));
  }

  @Test
  void tensorWithTwoReadersBehindTheCutCrossesOnce() {
    Itinerary itinerary = Itinerary.of(Plan.split(skip.graph(), LayerSet.of(0, 1), 1), skip);
    assertThat(itinerary.hops()).contains(new Transfer(1, true, 4000, 0));
  }

  @Test
  void tensorOnceFetchedIsHeld() {
    // a and b on the device, then the server, then back: c still has a's output from before.
    Plan plan = stages(stage(0, 0, 1), stage(1, 2), stage(0, 3));
    assertThat(Itinerary.of(plan, skip).hops())
        .containsExactly(
            new Compute(0, 1.5),
            new Transfer(1, true, 4000, 0),
            new Compute(1, server(2, 3)),
            new Transfer(1, false, 2000, 0),
            new Compute(0, 3.5));
  }

  @Test
  void serverMayGetWhatTheDeviceFetchedFromAnother() {
    // a on server 1, b on the device, c on server 2, which needs a from the device's copy.
    Plan plan = stages(stage(0, 0), stage(1, 1), stage(0, 2), stage(2, 3));
    assertThat(Itinerary.of(plan, skip).hops())
        .contains(new Transfer(1, false, 4000, 0), new Transfer(2, true, 4000 + 2000, 0));
  }

  @Test
  void answersComeBackFromEachServerThatHasSome() {
    // a and b both read the input and both answer.
    DnnGraph fork =
        new DnnGraph(
            "fork",
            List.of(
                HandMade.layer(0, List.of(), List.of(0)),
                HandMade.layer(1, List.of(0), List.of(1)),
                HandMade.layer(2, List.of(0), List.of(2))),
            List.of(
                HandMade.tensor(0, 1000, 0),
                HandMade.tensor(1, 500, 1),
                HandMade.tensor(2, 250, 2)),
            List.of(1, 2));
    Observation observation = HandMade.observation(fork, 8000, 2);
    Plan plan = stages(stage(0, 0), stage(1, 1), stage(2, 2));
    assertThat(Itinerary.of(plan, observation).hops())
        .endsWith(new Transfer(1, false, 4000, 0), new Transfer(2, false, 2000, 0));
  }

  @Test
  void halfPrecisionHalvesEveryTransfer() {
    Plan plan = Plan.split(chain.graph(), LayerSet.of(0), 1).with(Codec.FP16);
    assertThat(Itinerary.of(plan, chain).hops())
        .contains(
            new Transfer(1, true, 4000, 1000 * 1e-9), new Transfer(1, false, 500, 125 * 1e-9));
  }

  @Test
  void refusesPlansThatCannotRun() {
    assertRefused(stages(stage(0, 0, 1, 2)), "Layer c is run nowhere");
    assertRefused(stages(stage(0, 0, 1), stage(1, 1, 2, 3)), "Layer a is run twice");
    assertRefused(stages(stage(0, 0), stage(1, 2, 3), stage(0, 1)), "Layer b runs before a");
    assertRefused(stages(stage(0, 0), stage(1, 1), stage(2, 2, 3)), "do not talk to each other");
    assertRefused(stages(stage(0, 0), stage(3, 1, 2, 3)), "names node 3, but only 2");
    assertRefused(stages(stage(0, 0), stage(1, 1, 2, 3, 4)), "Maybe it was made for another");
  }

  private void assertRefused(Plan plan, String message) {
    assertThatThrownBy(() -> Itinerary.of(plan, skip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private double server(int from, int to) {
    return chain.server(1).node().times().run(LayerSet.range(from, to));
  }

  private static Stage stage(int node, int... layers) {
    return new Stage(node, LayerSet.of(layers));
  }

  private static Plan stages(Stage... stages) {
    return new Plan(List.of(stages), Codec.FP32, Hedge.NEVER);
  }
}
