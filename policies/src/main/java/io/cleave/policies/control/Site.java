package io.cleave.policies.control;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.wire.Capacity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at a site.
 *
 * @param devices that have frames, at least one
 * @param servers that could help, at least one; node n of a plan is the n-th of them
 */
public record Site(List<Device> devices, List<Server> servers) {
  /**
   * A device and what it is asked to do.
   *
   * @param name agent name, unique at the site
   * @param profile its speed, unloaded
   * @param power what it draws
   * @param graph the network that it runs
   * @param demand what is asked
   * @param exits what is known of the network's exits, if it has some
   */
  public record Device(
      String name,
      LayerProfile profile,
      EnergyModel power,
      DnnGraph graph,
      Demand demand,
      Optional<ExitAnswers> exits) {
    /** One whose network has no exits. */
    public Device(
        String name, LayerProfile profile, EnergyModel power, DnnGraph graph, Demand demand) {
      this(name, profile, power, graph, demand, Optional.empty());
    }
  }

  /**
   * A server.
   *
   * @param name agent name, unique at the site
   * @param profile its speed, unloaded
   * @param capacity how much it takes
   */
  public record Server(String name, LayerProfile profile, Capacity capacity) {
    /** One that takes whatever comes. */
    public Server(String name, LayerProfile profile) {
      this(name, profile, Capacity.ANY);
    }
  }

  public Site {
    devices = List.copyOf(devices);
    servers = List.copyOf(servers);
    if (devices.isEmpty() || servers.isEmpty()) {
      throw new IllegalArgumentException("A site needs at least one device and one server.");
    }
    Set<String> names = new HashSet<>();
    devices.forEach(device -> checkNew(names, device.name()));
    servers.forEach(server -> checkNew(names, server.name()));
  }

  private static void checkNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("Two machines of a site are called %s.".formatted(name));
    }
  }
}
