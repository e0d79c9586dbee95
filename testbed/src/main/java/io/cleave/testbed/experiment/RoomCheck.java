package io.cleave.testbed.experiment;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.memory.FittingCut;
import io.cleave.policies.memory.TooLittleMemory;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import io.cleave.testbed.UserError;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.Machine;
import java.util.List;

/**
 * Finds out before anything runs whether the machines of an experiment have the memory for its
 * networks. At a site of many devices, whose servers may be out of reach, each must do alone.
 */
final class RoomCheck {
  private static final LinkState ANY_LINK =
      new LinkState(Bandwidth.mbps(1), Bandwidth.mbps(1), 0, RateError.NONE);
  private static final Demand ANY_DEMAND = new Demand(1, Double.POSITIVE_INFINITY, 0);

  private final Experiment.Site site;

  RoomCheck(Experiment.Site site) {
    this.site = site;
  }

  /**
   * @param where the device stands
   * @throws UserError that says what is missing
   */
  void check(List<Network> networks, Setting where) {
    for (Network network : networks) {
      try {
        FittingCut.of(seen(network));
      } catch (TooLittleMemory missing) {
        throw where.error(String.valueOf(missing.getMessage()));
      }
    }
  }

  private Observation seen(Network network) {
    Machine device = site.device().machine();
    boolean alone = site.crowd().isPresent();
    return new Observation(
        network.graph(),
        node(device, network, device.memoryBytes()),
        device.power(),
        site.servers().stream()
            .map(Experiment.Server::machine)
            .map(machine -> node(machine, network, alone ? 0 : machine.memoryBytes()))
            .map(node -> new ServerState(node, ANY_LINK))
            .toList(),
        ANY_DEMAND,
        network.exits().map(ExitStudy::calibration));
  }

  private static NodeState node(Machine machine, Network network, long memoryBytes) {
    return new NodeState(machine.name(), machine.profile().times(network.graph()), 0, memoryBytes);
  }
}
