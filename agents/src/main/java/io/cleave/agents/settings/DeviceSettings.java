package io.cleave.agents.settings;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Demand;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The role of a device: an agent that has frames.
 *
 * @param model {@code zoo:NAME} or a file
 * @param inputShapes of graph inputs by name, for those with open axes
 * @param frames that it makes itself
 * @param demand what is asked
 * @param limits what it takes on
 * @param routes where servers are reached instead of at the address that they give, by name
 * @param framesFile gets a line for each frame
 */
public record DeviceSettings(
    String model,
    Map<String, TensorShape> inputShapes,
    FrameSettings frames,
    Demand demand,
    Limits limits,
    Map<String, HostPort> routes,
    Optional<Path> framesFile) {
  public DeviceSettings {
    inputShapes = Map.copyOf(inputShapes);
    routes = Map.copyOf(routes);
  }

  /**
   * What a device takes on.
   *
   * @param underWay frames that are started and not yet answered, at most
   * @param waiting posted frames that wait to be started, at most; more are refused
   * @param rule when the plan is changed within a table
   */
  public record Limits(int underWay, int waiting, SwitchRule rule) {}
}
