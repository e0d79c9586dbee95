package io.cleave.agents;

import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.SliceLimits;
import io.cleave.agents.dnn.Upstream;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.machine.Pace;
import io.cleave.agents.probe.MachineProbe;
import io.cleave.agents.probe.MeasuredRuns;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.policies.wire.MachineReport;
import java.util.Optional;

/**
 * What both roles of an agent work with.
 *
 * @param loop of the agent
 * @param store of models
 * @param library of their parts
 * @param machine that runs them, one at a time for both roles
 * @param measured what its runs took
 * @param memoryBytes that one plan may take
 */
record Workshop(
    Loop loop,
    ModelStore store,
    SliceLibrary library,
    Machine machine,
    MeasuredRuns measured,
    long memoryBytes)
    implements AutoCloseable {
  private static final long LARGEST_MODEL_BYTES = 2L << 30;

  static Workshop of(AgentSettings settings) {
    AgentSettings.MachineSettings machine = settings.machine();
    long memoryBytes =
        machine.memoryBytes().orElseGet(() -> new MachineProbe().report().freeMemoryBytes());
    SliceLibrary library =
        new SliceLibrary(SliceLimits.USUAL.within(Math.min(memoryBytes, machine.keptBytes())));
    Optional<Upstream> upstream =
        settings
            .controller()
            .map(at -> new Upstream(at.resolve("/api/models/"), LARGEST_MODEL_BYTES));
    return new Workshop(
        new Loop("cleave-frames"),
        new ModelStore(settings.state().resolve("models"), upstream),
        library,
        new Machine(pace(machine), library),
        new MeasuredRuns(machine.paced()),
        memoryBytes);
  }

  /** What the agent holds of the machine's memory. */
  MachineReport.Held held() {
    return new MachineReport.Held(library.heldBytes(), machine.peakTensorBytes());
  }

  private static Pace pace(AgentSettings.MachineSettings machine) {
    return machine.paced()
        ? Pace.of(machine.deviceClass().profile(), machine.mistaken())
        : Pace.NONE;
  }

  @Override
  public void close() {
    machine.close();
    loop.close();
    library.close();
  }
}
