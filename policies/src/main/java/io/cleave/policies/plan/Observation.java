package io.cleave.policies.plan;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.EnergyModel;
import java.util.List;

/**
 * All that a planner may know when it decides for one device.
 *
 * @param graph the network to run
 * @param device that has the frames
 * @param power of the device
 * @param servers that could help, at least one
 * @param demand what is asked
 */
public record Observation(
    DnnGraph graph, NodeState device, EnergyModel power, List<ServerState> servers, Demand demand) {
  public Observation {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException(
          "At least one server is needed. Without any, every plan is local.");
    }
    device.times().checkFits(graph);
    servers.forEach(server -> server.node().times().checkFits(graph));
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
