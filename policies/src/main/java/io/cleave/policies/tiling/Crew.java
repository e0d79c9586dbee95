package io.cleave.policies.tiling;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Machines that could share a run, the device first. */
final class Crew {
  private Crew() {}

  /**
   * The device, and the servers that can be reached by how fast they run the network, the fastest
   * first; of equal ones by their uplinks.
   */
  static List<Integer> ranked(Observation seen) {
    List<Integer> helpers = reached(seen);
    helpers.sort(
        Comparator.comparingDouble((Integer node) -> seconds(seen, node))
            .thenComparing(node -> -seen.server(node).link().up().bitsPerSecond()));
    List<Integer> crew = new ArrayList<>(List.of(Stage.DEVICE));
    crew.addAll(helpers);
    return crew;
  }

  /** The servers to which and from which anything crosses, in a list of the caller's own. */
  static List<Integer> reached(Observation seen) {
    List<Integer> reached = new ArrayList<>();
    for (int node = 1; node <= seen.servers().size(); node++) {
      LinkState link = seen.server(node).link();
      if (link.up().bitsPerSecond() > 0 && link.down().bitsPerSecond() > 0) {
        reached.add(node);
      }
    }
    return reached;
  }

  /** Networks a second of each. */
  static double[] speeds(Observation seen, List<Integer> crew) {
    return crew.stream().mapToDouble(node -> 1 / seconds(seen, node)).toArray();
  }

  /** Of the whole network on a machine that does nothing else. */
  static double seconds(Observation seen, int node) {
    return seen.node(node).times().run(seen.graph().all());
  }
}
