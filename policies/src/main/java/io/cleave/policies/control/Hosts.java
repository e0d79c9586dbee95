package io.cleave.policies.control;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.matching.Contender;
import io.cleave.policies.matching.Host;
import io.cleave.policies.matching.SiteGame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of a site as they are matched, and the networks that they may have to hold. A number
 * once given stays: that of a server that is gone is not given again.
 */
final class Hosts {
  /**
   * Work is much alike and comes at random: between 1/2 (all alike) and 1 (as unlike as it gets).
   */
  private static final double VARIABILITY = 0.5;

  private static final Host CLOSED = new Host(0, 0, VARIABILITY);

  private final List<Host> hosts = new ArrayList<>();
  private final List<Double> accessSecondsPerBit = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Long> modelBytes = new ArrayList<>();
  private final Map<String, Integer> models = new HashMap<>(); // by the network's name

  void admit(Site.Server server) {
    Host host = new Host(server.capacity().devices(), server.capacity().modelBytes(), VARIABILITY);
    Integer known = numbers.putIfAbsent(server.name(), hosts.size());
    if (known == null) {
      hosts.add(host);
      accessSecondsPerBit.add(0.0);
      names.add(server.name());
    } else {
      hosts.set(known, host);
    }
    accessSecondsPerBit.set(number(server.name()), 1 / server.capacity().accessBitsPerSecond());
  }

  void close(String server) {
    Integer known = numbers.remove(server);
    if (known != null) {
      hosts.set(known, CLOSED);
    }
  }

  int number(String server) {
    Integer known = numbers.get(server);
    if (known == null) {
      throw new IllegalArgumentException("There is no server %s at this site.".formatted(server));
    }
    return known;
  }

  /** Seconds for which a bit keeps a server's own link busy. */
  double accessSecondsPerBit(int number) {
    return accessSecondsPerBit.get(number);
  }

  String name(int number) {
    return names.get(number);
  }

  /** Number of a network; a server holds its parameters once for all who run it. */
  int model(DnnGraph graph) {
    return models.computeIfAbsent(
        graph.name(),
        name -> {
          modelBytes.add(
              graph.layers().stream().map(Layer::work).mapToLong(w -> w.parameterBytes()).sum());
          return modelBytes.size() - 1;
        });
  }

  SiteGame game(List<Contender> contenders) {
    return new SiteGame(contenders, hosts, modelBytes);
  }
}
