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
import io.cleave.policies.plan.Trunk;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plans that an oracle tries, remembered for each state of the machines. Links and queues are
 * left out on purpose: the table is made for idle machines and a free way back, where a cut has the
 * best chance against staying local, so that no other state of the links has entries that it lacks
 * but for that comparison. Only where a network has several answers, some of which a cut may leave
 * on the device, does the way back's rate count, to a factor of two.
 */
final class OracleCandidates {
  private static final int KEPT = 256; // states of the machines; a load series has fewer
  private static final Bandwidth FAST = Bandwidth.mbps(1e9);

  /** Machines are told apart by what they need for the network. */
  private record Key(DnnGraph graph, List<Double> figures) {}

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
    List<Double> figures = new ArrayList<>();
    add(figures, observation.device().times());
    for (ServerState server : observation.servers()) {
      add(figures, server.node().times());
      figures.add((double) Math.getExponent(down(server, observation.graph()).bitsPerSecond()));
    }
    return new Key(observation.graph(), figures);
  }

  private static void add(List<Double> figures, LayerTimes times) {
    figures.add(times.between(0, times.size()));
    figures.add(times.startSeconds());
  }

  private static Bandwidth down(ServerState server, DnnGraph graph) {
    return graph.outputs().size() == 1 ? FAST : server.link().down();
  }

  private List<Plan> prepare(Observation observation) {
    if (observation.exits().isPresent()) {
      Trunk trunk = Trunk.of(observation.graph(), observation.exits().get());
      return prepare(trunk.observation(observation)).stream().map(trunk::inWhole).toList();
    }
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
                        idle(server.node()),
                        new LinkState(
                            FAST, down(server, observation.graph()), 0, server.link().upError())))
            .toList(),
        observation.demand());
  }

  private static NodeState idle(NodeState node) {
    return node.withQueue(0);
  }
}
