package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was learned is left aside where predictions fail, and weighs where they do not. */
final class DriftTest {
  private final Drift drift = new Drift();
  private long sequence;

  private void hear(int frames, double seconds, double predicted) {
    drift.hear(report(frames, seconds, predicted));
  }

  private static FrameReport report(int frames, double seconds, double predicted) {
    FrameReport.Answered frame = new FrameReport.Answered(seconds, predicted, 1);
    return new FrameReport(FrameReport.NONE.counts(), Collections.nCopies(frames, frame));
  }

  @Test
  void predictionsThatAreWrongFiveTimesAreNoticedEitherWay() {
    for (double factor : new double[] {5, 0.2}) {
      Drift either = new Drift();
      either.hear(report(Drift.WINDOW, factor, 1));
      assertThat(either.drifting()).isTrue();
      assertThat(either.times()).isCloseTo(5, within(1e-9));
    }
  }

  @Test
  void nothingIsSaidBeforeThereIsAWindowNorForAFewOutages() {
    hear(Drift.WINDOW - 1, 5, 1);
    assertThat(drift.drifting()).isFalse();
    hear(Drift.WINDOW, 1.4, 1);
    hear(Drift.WINDOW / 2 - 1, 60, 1);
    assertThat(drift.drifting()).isFalse();
  }

  @Test
  void endsOnlyWhenPredictionsAreClearlyGoodAgain() {
    hear(Drift.WINDOW, 5, 1);
    hear(Drift.WINDOW, 1.8, 1); // less than what begins it, more than what ends it
    assertThat(drift.drifting()).isTrue();
    hear(Drift.WINDOW, 1.2, 1);
    assertThat(drift.drifting()).isFalse();
    hear(Drift.WINDOW, 1.8, 1);
    assertThat(drift.drifting()).isFalse();
  }

  @Test
  void anAnswerInNoTimeIsAFrameLikeOthers() {
    hear(Drift.WINDOW, 0, 0);
    assertThat(drift.times()).isEqualTo(1);
  }

  /** Learned cut A; without what was learned it would be B. */
  private record Learner(double learnedOfB) implements Planner {
    @Override
    public PlanTable plan(Observation observation) {
      return PlanTable.constant(new PlanTable.Entry(Crossing.A, 0.05, 250e3));
    }

    @Override
    public double[] learned(Observation seen, int node, List<Plan> plans) {
      return plans.stream().mapToDouble(p -> p.equals(Crossing.B) ? learnedOfB : 0).toArray();
    }

    @Override
    public Planner cautious() {
      return seen -> PlanTable.constant(new PlanTable.Entry(Crossing.B, 0, 500e3));
    }
  }

  private Decision decide(ControlLoop loop, long second, FrameReport frames) {
    loop.onReport(Crossing.server("near", second), Instant.ofEpochSecond(second));
    Report plain = Crossing.device(sequence++, 6, "near");
    Report report =
        new Report(
            plain.agent(),
            plain.stamp(),
            plain.load(),
            plain.links(),
            plain.runs(),
            plain.planVersion(),
            frames,
            Optional.empty());
    return ((Verdict.Decided) loop.onReport(report, Instant.ofEpochSecond(second))).decision();
  }

  private static ControlLoop loop(Planner planner, SwitchRule rule) {
    return new ControlLoop(
        Crossing.SITE, planner, new Terms(rule, Duration.ofSeconds(10), Duration.ofSeconds(3), 1));
  }

  @Test
  void theLoopFallsBackToTheCostModelAndSaysSo() {
    ControlLoop loop = loop(new Learner(0), SwitchRule.none());
    assertThat(plan(decide(loop, 0, report(Drift.WINDOW, 1, 1)))).isEqualTo(Crossing.A);
    Decision wrong = decide(loop, 1, report(Drift.WINDOW, 5, 1));
    assertThat(plan(wrong)).isEqualTo(Crossing.B);
    assertThat(wrong.grounds().text()).contains("nothing learned is used", "wrong 5.0 times");
    Decision right = decide(loop, 2, report(Drift.WINDOW, 1, 1));
    assertThat(plan(right)).isEqualTo(Crossing.A);
    assertThat(right.grounds().text()).doesNotContain("learned");
  }

  private static Plan plan(Decision decision) {
    return decision.table().entries().get(0).plan();
  }

  /** At 6 Mbit/s B is expected to be the quicker, so that only knowing better can justify A. */
  @Test
  void whatWasLearnedCountsWhenAChangeIsWeighed() {
    SwitchRule rule = new SwitchRule(0.05, 0, 0);
    assertThat(afterB(new Learner(0), rule)).isEqualTo(Reason.SMALL_GAIN);
    assertThat(afterB(new Learner(0.1), rule)).isEqualTo(Reason.BETTER);
  }

  private Reason afterB(Learner learner, SwitchRule rule) {
    ControlLoop loop = loop(learner.cautious(), rule);
    decide(loop, 0, FrameReport.NONE);
    loop.follow(learner);
    return decide(loop, 1, FrameReport.NONE).grounds().reason();
  }
}
