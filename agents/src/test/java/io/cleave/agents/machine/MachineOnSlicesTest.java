package io.cleave.agents.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Floats;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.SliceLimits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine on real slices, at the pace of a real class. */
@Timeout(60)
final class MachineOnSlicesTest {
  @TempDir Path folder;

  @Test
  void answersWithTheTensorsAfterTheTimeOfItsClass() {
    Model model = new ModelStore(folder).open("zoo:small-inception", Map.of());
    LayerSet all = model.graph().all();
    List<TensorValue> input = List.of(Floats.noise(model.graph().tensor(0), 2));
    Pace pace = Pace.of(DeviceClass.RASPBERRY_PI_3B.profile(), 1);
    double due = pace.seconds(model.graph(), all).orElseThrow();
    try (SliceLibrary library = new SliceLibrary(SliceLimits.USUAL);
        Machine machine = new Machine(pace, library)) {
      library.prepare(model, all);
      Run run = machine.submit(Work.of(machine.nanos(), new SliceRun(model, all, input)));
      assertThat(run.outcome().join())
          .isInstanceOfSatisfying(
              Outcome.Finished.class,
              finished -> {
                assertThat(finished.tensors()).isEqualTo(library.run(model, all, input));
                assertThat(finished.times().computeSeconds()).isGreaterThanOrEqualTo(due);
              });
    }
  }

  @Test
  void tellsWhichTensorWasMissing() {
    Model model = new ModelStore(folder).open("zoo:small-inception", Map.of());
    SliceRun empty = new SliceRun(model, model.graph().all(), List.of());
    try (SliceLibrary library = new SliceLibrary(SliceLimits.USUAL);
        Machine machine = new Machine(Pace.NONE, library)) {
      assertThat(machine.submit(Work.of(machine.nanos(), empty)).outcome().join())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.cause())
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("needs the tensor 'input'"));
    }
  }
}
