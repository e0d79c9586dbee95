package io.cleave.testbed.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that share servers: each with its own network, link to each server that it can reach, and
 * frames. Servers of one name are one server.
 *
 * @param devices at least one, of different names
 * @param losses when servers die, in seconds, by name; the others do not
 */
public record SiteScenario(List<Scenario> devices, Map<String, Double> losses) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  public SiteScenario {
    devices = List.copyOf(devices);
    losses = Map.copyOf(losses);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("A site needs at least one device.");
    }
    if (devices.stream().map(each -> each.device().name()).distinct().count() < devices.size()) {
      throw new IllegalArgumentException("Devices of a site must have different names.");
    }
    Reporting reporting = devices.get(0).reporting();
    if (devices.stream().anyMatch(each -> !each.reporting().equals(reporting))) {
      throw new IllegalArgumentException("All devices of a site report alike.");
    }
    servers(devices);
  }

  /** One of which no server dies. */
  public SiteScenario(List<Scenario> devices) {
    this(devices, Map.of());
  }

  /** The seed of one of a run's devices; the run's own for the first. */
  public static long seed(long run, int device) {
    return run + device * GOLDEN;
  }

  Reporting reporting() {
    return devices.get(0).reporting();
  }

  /** All servers, each once, in the order in which devices name them. */
  List<RemoteMachine> servers() {
    return List.copyOf(servers(devices).values());
  }

  private static Map<String, RemoteMachine> servers(List<Scenario> devices) {
    Map<String, RemoteMachine> servers = new LinkedHashMap<>();
    for (Scenario device : devices) {
      for (RemoteMachine server : device.servers()) {
        RemoteMachine known = servers.putIfAbsent(server.machine().name(), server);
        if (known != null
            && (!known.machine().equals(server.machine()) || !known.load().equals(server.load()))) {
          throw new IllegalArgumentException(
              "There are two servers %s.".formatted(server.machine().name()));
        }
      }
    }
    return servers;
  }
}
