package io.cleave.agents.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MachineStepsTest {
  private static final Gate SURE = gate(0.9);
  private final Jobs jobs = new Jobs();

  private static Gate gate(double confidence) {
    return new Gate("logits", ExitSignal.CONFIDENCE, 2, OptionalDouble.of(confidence));
  }

  private static TensorValue logits(float... values) {
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new TensorValue("logits", ElementKind.FLOAT32, List.of(values.length / 2L, 2L), data);
  }

  @Test
  void anAnswerThatIsNoNumberLeavesOnlyWhereEveryFrameDoes() {
    TensorValue broken = logits(Float.NaN, 5);
    for (ExitSignal signal : ExitSignal.values()) {
      double loosest = signal == ExitSignal.ENTROPY ? signal.greatest(2) : signal.least(2);
      assertThat(new Gate("logits", signal, 2, OptionalDouble.of(loosest)).leaves(broken))
          .isFalse();
      assertThat(new Gate("logits", signal, 2, OptionalDouble.empty()).leaves(broken)).isTrue();
    }
  }

  @Test
  void severalSamplesLeaveTogether() {
    assertThat(SURE.leaves(logits(9, 0))).isTrue();
    assertThat(SURE.leaves(logits(9, 0, 0, 9))).isTrue();
    assertThat(SURE.leaves(logits(9, 0, 1, 1))).isFalse();
  }

  @Test
  void aGateRefusesAnswersOfOtherNetworksAndThresholdsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SURE.leaves(
                    new TensorValue(
                        "logits", ElementKind.FLOAT32, List.of(3L), ByteBuffer.allocate(12))))
        .withMessageContaining("2 floats a sample");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gate(1.5))
        .withMessageContaining("0.500..1.000");
    assertThatIllegalArgumentException().isThrownBy(() -> gate(Double.NaN));
  }

  /** Steps are one job: another's work does not come between, and what was called off stops. */
  @Test
  void stepsThatAreCalledOffGoNoFurther() {
    List<Step> steps = List.of(Step.of(LayerSet.of(1)), Step.of(LayerSet.of(2)));
    List<TensorValue> input = List.of(named(Zoo.RESNET18.graph().tensor(0).name()));
    try (Machine machine =
        new Machine(
            Pace.NONE,
            (model, step, inputs) -> {
              jobs.engine(model, step, inputs);
              return step.layers().contains(1) ? List.of(named(after(1))) : List.of();
            },
            jobs::nanos)) {
      SliceRun run = new SliceRun(Jobs.layer(1).model(), steps, input);
      Run first = machine.submit(Work.of(0, run));
      jobs.awaitBegun();
      first.cancel();
      jobs.release();
      assertThat(first.outcome().join()).isInstanceOf(Outcome.Cancelled.class);
      assertThat(jobs.ran()).containsExactly(1);
    }
  }

  private static String after(int layer) {
    var graph = Zoo.RESNET18.graph();
    return graph.tensor(graph.layer(layer).outputs().get(0)).name();
  }

  private static TensorValue named(String name) {
    return new TensorValue(name, ElementKind.FLOAT32, List.of(1L), ByteBuffer.allocate(4));
  }

  /** 1 ms and 2 ms by the pace: each is held, and told for itself. */
  @Test
  void holdsAndTellsEachStep() {
    List<Step> steps = List.of(Step.of(LayerSet.of(1)), Step.of(LayerSet.of(2)));
    List<TensorValue> input = List.of(named(Zoo.RESNET18.graph().tensor(0).name()));
    jobs.release();
    try (Machine machine =
        new Machine(
            Jobs.paced(1),
            (model, step, inputs) -> {
              jobs.engine(model, step, inputs);
              return List.of(named(after(step.layers().contains(1) ? 1 : 2)));
            },
            jobs::nanos)) {
      SliceRun run = new SliceRun(Jobs.layer(1).model(), steps, input);
      Outcome outcome = machine.submit(Work.of(0, run)).outcome().join();
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Finished.class,
              done -> {
                assertThat(done.left()).isEqualTo(Optional.empty());
                assertThat(done.stepSeconds()).hasSize(2);
                assertThat(done.stepSeconds().get(0)).isCloseTo(1e-3, within(1e-9));
                assertThat(done.stepSeconds().get(1)).isCloseTo(2e-3, within(1e-9));
                assertThat(done.times().computeSeconds()).isCloseTo(3e-3, within(1e-9));
              });
    }
  }
}
