package io.cleave.agents;

import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.SettingsReader;
import io.cleave.policies.cost.Energy;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device and servers in one process, over real sockets of the loopback. */
final class Rig implements AutoCloseable {
  private final Path folder;
  private final List<Agent> agents = new ArrayList<>();

  Rig(Path folder) {
    this.folder = folder;
  }

  /** An agent with these settings beside the usual ones. */
  Agent agent(String name, String role, Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("cleave.agent.name", name);
    all.put("cleave.agent.roles", role);
    all.put("cleave.agent.device-class", "raspberry-pi-4b");
    all.put("cleave.agent.data-advertise", "127.0.0.1");
    all.put("cleave.agent.state", folder.resolve(name).toString());
    if (role.contains("device")) {
      all.put("cleave.agent.model", "zoo:small-chain");
    }
    all.putAll(more);
    AgentSettings settings =
        SettingsReader.read(key -> Optional.ofNullable(all.get(key)), all.keySet());
    Agent agent = Agent.start(settings, 1);
    agents.forEach(
        other -> {
          other.hear(status(agent, 1));
          agent.hear(status(other, 1));
        });
    agents.add(agent);
    return agent;
  }

  static Status status(Agent agent, long epoch) {
    return new Status(agent.settings().name(), epoch, Optional.of(agent.capabilities()));
  }

  static Decision decision(String agent, long version, List<String> servers, PlanTable table) {
    return decision(agent, version, servers, table, Instant.now().plusSeconds(60));
  }

  static Decision decision(
      String agent, long version, List<String> servers, PlanTable table, Instant until) {
    Estimate estimate = new Estimate(Latency.ZERO, 0, new Energy(0, 0, 0), 0);
    return new Decision(
        agent,
        version,
        servers,
        table,
        until,
        new Decision.Grounds(Reason.FOLLOWED, "by hand", estimate));
  }

  /** The first layers on the device, the rest at server number one, whatever the rate. */
  static PlanTable split(DnnGraph graph, int nearLayers, Hedge hedge) {
    Plan plan = Plan.split(graph, LayerSet.range(0, nearLayers), 1).with(hedge);
    return PlanTable.constant(new PlanTable.Entry(plan, 0.01, 8 * 1024));
  }

  @Override
  public void close() {
    agents.forEach(Agent::close);
  }
}
