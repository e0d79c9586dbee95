package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.world.Scenario;
import io.cleave.traces.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A device of a fleet.
 *
 * @param node name and class
 * @param network that it runs
 * @param workload its frames and what is asked of them
 * @param seed of its frames
 * @param ways to the servers that it can reach
 * @param images labelled ones that it shows; absent: seeded values
 * @param framesFile in which it writes down its frames
 */
record Resident(
    Experiment.Node node,
    Network network,
    Scenario.Workload workload,
    long seed,
    List<Way> ways,
    Optional<Path> images,
    Path framesFile) {
  Resident {
    ways = List.copyOf(ways);
  }

  /**
   * An emulated link of the device.
   *
   * @param trace that it follows in both directions
   * @param servers that are reached over it, by name
   * @param broker true if the broker is, too
   */
  record Way(Trace trace, List<String> servers, boolean broker) {
    Way {
      servers = List.copyOf(servers);
    }
  }

  String name() {
    return node.machine().name();
  }

  /** The way to a server; the first one if it is nobody that can be reached. */
  Way way(String server) {
    return ways.stream()
        .filter(way -> way.servers().contains(server))
        .findFirst()
        .orElse(ways.get(0));
  }

  /** In which it writes down what its machine's meters say, beside its frames. */
  Path energyFile() {
    String name = String.valueOf(framesFile.getFileName());
    return framesFile.resolveSibling(name.replace("frames.csv", "energy.csv"));
  }

  /** How many frames come in. */
  long frames() {
    return workload.frames(seed);
  }
}
