package io.cleave.testbed.experiment;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import io.cleave.testbed.UserError;
import io.cleave.testbed.world.Machine;
import io.cleave.traces.Trace;
import java.util.List;
import java.util.Optional;

/** What a planner sees of an experiment's first network and trace if all is as it is on average. */
public final class MeanView {
  private MeanView() {}

  /**
   * Idle machines, and links at their mean rates and the round trip with which they begin.
   *
   * @param mbps of the uplinks, instead of their mean
   * @param bounds that plans must keep
   * @throws UserError if that is not above 0
   */
  public static Observation of(Experiment experiment, Optional<Double> mbps, Bounds bounds) {
    mbps.filter(rate -> !(rate > 0) || Double.isInfinite(rate))
        .ifPresent(
            rate -> {
              throw new UserError("--mbps must be finite and above 0, not %s.".formatted(rate));
            });
    Network network = experiment.inputs().networks().get(0);
    Trace trace = experiment.inputs().traces().get(0);
    LinkState link =
        new LinkState(
            mbps.map(Bandwidth::mbps)
                .orElseGet(() -> new Bandwidth(trace.up().meanBitsPerSecond())),
            new Bandwidth(trace.down().meanBitsPerSecond()),
            trace.roundTrip().at(0),
            RateError.NONE);
    List<ServerState> servers =
        experiment.site().servers().stream()
            .map(server -> new ServerState(idle(server.machine(), network), link))
            .toList();
    Machine device = experiment.site().device().machine();
    return new Observation(
        network.graph(),
        idle(device, network),
        device.power(),
        servers,
        experiment.conduct().demands().get(0).within(bounds),
        network.exits().map(ExitStudy::calibration));
  }

  private static NodeState idle(Machine machine, Network network) {
    return new NodeState(
        machine.name(), machine.profile().times(network.graph()), 0, machine.memoryBytes());
  }

  /** Names by node number minus one. */
  public static List<String> servers(Experiment experiment) {
    return experiment.site().servers().stream().map(server -> server.machine().name()).toList();
  }
}
