package io.cleave.policies.baseline;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plans that an oracle tries, remembered for each state of the machines. Links and queues are
 * left out on purpose: the table is made for idle machines and a free way back, where a cut has the
 * best chance against staying local, so that no other state of the links has entries that it lacks
 * but for that comparison.
 */
final class OracleCandidates {
  private static final int KEPT = 256; // states of the machines; a load series has fewer
  private static final Bandwidth FAST = Bandwidth.mbps(1e9);

  /** Machines are told apart by what they need for the network, which is all that cuts need. */
  private record Key(DnnGraph graph, List<Double> seconds) {}

  private final ExactTables tables = new ExactTables();
  private final Map<Key, List<Plan>> kept = new LinkedHashMap<>();

  /** Local first; never empty. */
  List<Plan> of(Observation observation) {
    Key key = key(observation);
    if (kept.size() >= KEPT && !kept.containsKey(key)) {
      kept.clear();
    }
    return kept.computeIfAbsent(key, unknown -> prepare(observation));
  }

  private static Key key(Observation observation) {
    List<Double> seconds =
        Stream.concat(
                Stream.of(observation.device()),
                observation.servers().stream().map(ServerState::node))
            .flatMap(node -> Stream.of(total(node.times()), node.times().startSeconds()))
            .toList();
    return new Key(observation.graph(), seconds);
  }

  private static double total(LayerTimes times) {
    return times.between(0, times.size());
  }

  private List<Plan> prepare(Observation observation) {
    DnnGraph graph = observation.graph();
    Observation idle = idle(observation);
    List<Plan> plans = new ArrayList<>(List.of(Plan.local(graph)));
    for (int node = 1; node <= observation.servers().size(); node++) {
      Set<LayerSet> nears = new LinkedHashSet<>();
      for (int cut = 1; cut < graph.size(); cut++) {
        nears.add(LayerSet.range(0, cut));
      }
      for (PlanTable.Entry entry : tables.table(idle, node).entries()) {
        nears.add(entry.plan().near());
      }
      for (LayerSet near : nears) {
        if (near.size() < graph.size()) {
          plans.add(Plan.split(graph, near, node));
        }
      }
    }
    return List.copyOf(plans);
  }

  private static Observation idle(Observation observation) {
    return new Observation(
        observation.graph(),
        idle(observation.device()),
        observation.power(),
        observation.servers().stream()
            .map(
                server ->
                    new ServerState(
                        idle(server.node()), new LinkState(FAST, FAST, 0, server.link().upError())))
            .toList(),
        observation.demand());
  }

  private static NodeState idle(NodeState node) {
    return new NodeState(node.name(), node.times(), 0);
  }
}
