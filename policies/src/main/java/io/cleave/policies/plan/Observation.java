package io.cleave.policies.plan;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.EnergyModel;
import java.util.List;
import java.util.Optional;

/**
 * All that a planner may know when it decides for one device.
 *
 * @param graph the network to run
 * @param device that has the frames
 * @param power of the device
 * @param servers that could help, at least one
 * @param demand what is asked
 * @param exits what the network's outputs answered to images for calibration, if they are exits
 */
public record Observation(
    DnnGraph graph,
    NodeState device,
    EnergyModel power,
    List<ServerState> servers,
    Demand demand,
    Optional<ExitAnswers> exits) {
  public Observation {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException(
          "At least one server is needed. Without any, every plan is local.");
    }
    device.times().checkFits(graph);
    servers.forEach(server -> server.node().times().checkFits(graph));
    exits.ifPresent(answers -> answers.checkFits(graph));
  }

  /** Of a network without exits. */
  public Observation(
      DnnGraph graph,
      NodeState device,
      EnergyModel power,
      List<ServerState> servers,
      Demand demand) {
    this(graph, device, power, servers, demand, Optional.empty());
  }

  /** The same with servers in another state, or others. */
  public Observation with(List<ServerState> others) {
    return new Observation(graph, device, power, others, demand, exits);
  }

  /** The same with another demand. */
  public Observation with(Demand other) {
    return new Observation(graph, device, power, servers, other, exits);
  }

  /** The server that a stage's node number means. */
  public ServerState server(int node) {
    return servers.get(node - 1);
  }

  /** The device or server that a stage's node number means. */
  public NodeState node(int node) {
    return node == Stage.DEVICE ? device : server(node).node();
  }
}
