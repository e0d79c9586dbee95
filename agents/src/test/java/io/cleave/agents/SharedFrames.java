package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Floats;
import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.FrameCounts;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.transport.tensor.TensorValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Plans whose stages are shared, on real agents: what their tests have in common. */
final class SharedFrames {
  private static final double WITHIN = 1e-5;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private SharedFrames() {}

  static Decision decision(long version, Plan plan) {
    Estimate estimate = Estimate.ZERO;
    return new Decision(
        "cam-1",
        version,
        List.of("edge-1", "edge-2"),
        PlanTable.constant(new PlanTable.Entry(plan, 0.01, 0)),
        Instant.now().plus(Duration.ofMinutes(10)),
        new Decision.Grounds(Reason.FOLLOWED, "by hand", estimate));
  }

  static Answer.Given runUntil(Agent cam, Predicate<Answer.Given> wanted) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      Answer.Given given = Rig.run(cam, 7);
      if (wanted.test(given)) {
        return given;
      }
    }
    throw new AssertionError("No frame ran as planned.");
  }

  /** The same frame again and again until no piece was late, as happens on a busy machine. */
  static Answer.Given runUntilAsPlanned(Agent cam, Plan plan) {
    long shared = plan.stages().stream().filter(stage -> stage.sharing().isPresent()).count();
    return runUntil(
        cam,
        given ->
            Stream.of("edge-1", "edge-2").allMatch(server -> piecesOf(given, server) == shared));
  }

  static long piecesOf(Answer.Given given, String server) {
    return given.pieces().stream()
        .filter(piece -> piece.server().equals(Optional.of(server)))
        .count();
  }

  static void assertAllAnswered(Agent cam) {
    FrameCounts counts = cam.device().orElseThrow().counts();
    assertThat(counts.completed()).isEqualTo(counts.submitted());
    assertThat(counts.failed()).isZero();
    assertThat(cam.workshop().loop().failures()).isZero();
  }

  static void assertSame(List<TensorValue> got, List<TensorValue> wanted) {
    assertThat(got).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(Floats.relativeDifference(wanted.get(i), got.get(i))).isLessThanOrEqualTo(WITHIN);
    }
  }
}
