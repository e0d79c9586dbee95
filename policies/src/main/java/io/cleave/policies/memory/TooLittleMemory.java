package io.cleave.policies.memory;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import java.util.stream.Collectors;

/** No plan is known that the machines have the memory for. The message is one line for people. */
public final class TooLittleMemory extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private TooLittleMemory(String message) {
    super(message);
  }

  static TooLittleMemory of(Observation seen) {
    Plan local = Plan.local(seen.graph(), seen.exits());
    Need need = PlanNeed.of(seen.graph(), local).get(Stage.DEVICE);
    return new TooLittleMemory(
        "%s needs %s on %s alone, which has %s; no cut leaves parts that fit there and on a server (%s). Give a machine more memory, add a larger server, or take a smaller network or input."
            .formatted(
                seen.graph().name(),
                need,
                seen.device().name(),
                has(seen.device().memoryBytes()),
                seen.servers().stream()
                    .map(TooLittleMemory::has)
                    .collect(Collectors.joining(", "))));
  }

  private static String has(ServerState server) {
    return "%s: %s".formatted(server.node().name(), has(server.node().memoryBytes()));
  }

  private static String has(long bytes) {
    return bytes == Long.MAX_VALUE ? "unlimited" : Need.mebibytes(bytes);
  }
}
