package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joules worked out by hand from {@link HandMade}: 4 W computing, 1 W idle, radio 2 W and more. */
class EnergyTest {
  private static final double EXACT = 1e-12;
  private final Observation observation = HandMade.observation();
  private final Plan split = Plan.split(observation.graph(), LayerSet.range(0, 2), 1);

  @Test
  void localFrameOnlyComputes() {
    Energy energy = CostModel.estimate(Plan.local(observation.graph()), observation).energy();
    assertThat(energy).isEqualTo(new Energy(26, 0, 0)); // 4 W x 6.5 s
  }

  @Test
  void splitFrameComputesSendsWaitsAndReceives() {
    Energy energy = CostModel.estimate(split, observation).energy();
    assertThat(energy.compute()).isCloseTo(6, within(EXACT)); // 4 W x 1.5 s
    // 0.5 x 0.004 Mbit + 2 W x 0.5 s, and 0.2 x 0.001 Mbit + 2 W x 0.5 s
    assertThat(energy.radio()).isCloseTo(1.002 + 1.0002, within(EXACT));
    assertThat(energy.idle()).isCloseTo(2.15, within(EXACT)); // 3.9 - 0.25 queued - 1.5 busy
    assertThat(energy.joules()).isCloseTo(10.1522, within(EXACT));
  }

  @Test
  void serverIsAskedForWhatItComputesWhoeverAnswersFirst() {
    Observation slow = HandMade.observation(400);
    for (Observation seen : List.of(observation, slow, HandMade.observation(0))) {
      double asked = CostModel.estimate(split, seen).way().remote();
      assertThat(CostModel.estimate(split.with(Hedge.AT_ONCE), seen).serverSeconds())
          .isEqualTo(asked)
          .isPositive();
    }
    assertThat(CostModel.estimate(Plan.local(slow.graph()), slow).serverSeconds()).isZero();
  }

  @Test
  void hedgeBesideTheAnswerComputesInsteadOfIdling() {
    Energy energy = CostModel.estimate(split.with(Hedge.AT_ONCE), observation).energy();
    assertThat(energy.compute()).isCloseTo(4 * (1.5 + 2.15), within(EXACT));
    assertThat(energy.idle()).isCloseTo(0, within(EXACT));
    assertThat(energy.radio()).isCloseTo(2.0022, within(EXACT));
  }

  @Test
  void cancelledTransferPaysForWhatWasSent() {
    Observation slow = HandMade.observation(400); // 10 s for 4000 bits, of which 6.5 s go by
    Energy energy = CostModel.estimate(split.with(new Hedge(1)), slow).energy();
    assertThat(energy.radio()).isCloseTo(0.5 * 0.0026 + 2 * 6.5, within(EXACT)); // nothing received
    assertThat(energy.compute()).isCloseTo(28, within(EXACT)); // 4 W x (1.5 + 5.5 s)
    assertThat(energy.idle()).isCloseTo(1, within(EXACT)); // the delay
  }

  @Test
  void answerCancelledOnItsWayBackPaysForWhatCame() {
    Observation slow = HandMade.observation(400); // the answer is complete at 13.4 s
    // The hedge ends at 1.75 + 5.9 + 5.5 = 13.15 s: half of the answer's 0.5 s is missing.
    Energy energy = CostModel.estimate(split.with(new Hedge(5.9)), slow).energy();
    assertThat(energy.radio())
        .isCloseTo(0.5 * 0.004 + 2 * 10 + 0.2 * 0.0005 + 2 * 0.25, within(1e-9));
  }

  @Test
  void hedgeDuringAnOutagePaysTheRadioUntilItAnswers() {
    Estimate estimate = CostModel.estimate(split.with(Hedge.AT_ONCE), HandMade.observation(0));
    assertThat(estimate.energy().radio()).isCloseTo(2 * 5.5, within(EXACT)); // base only
    assertThat(estimate.energy().compute()).isCloseTo(28, within(EXACT));
  }

  @Test
  void endlessWaitCostsEndlessJoules() {
    assertThat(CostModel.estimate(split, HandMade.observation(0)).energy().joules()).isInfinite();
  }

  @Test
  void endlessWaitAtZeroWattsIsFreeAndNotNaN() {
    Observation outage = HandMade.observation(0);
    Observation passive =
        new Observation(
            outage.graph(),
            outage.device(),
            new EnergyModel(4, 0, new Radio(0.5, 0.2, 0)),
            outage.servers(),
            outage.demand());
    // 4 W x 1.5 s, and the answer's 0.2 x 0.001 Mbit and the tensor's 0.5 x 0.004 Mbit
    assertThat(CostModel.estimate(split, passive).energy().joules())
        .isCloseTo(6.0022, within(EXACT));
  }
}
