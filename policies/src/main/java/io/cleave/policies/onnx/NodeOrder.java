package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts the operators of a graph into an order in which they can run, the file's where possible.
 *
 * <p>Complexity: O((V + E) log V) time; V operators, E reads.
 */
final class NodeOrder {
  private final GraphProto graph;
  private final Map<String, Integer> maker = new HashMap<>();

  private NodeOrder(GraphProto graph) {
    this.graph = graph;
  }

  /**
   * @param given names that exist before any operator runs: inputs and weights
   * @throws ModelFormatException if a name is made twice or never, or operators wait for each other
   */
  static List<NodeProto> of(GraphProto graph, Set<String> given) {
    return new NodeOrder(graph).sorted(given);
  }

  private List<NodeProto> sorted(Set<String> given) {
    Set<String> made = new HashSet<>(given);
    List<NodeProto> nodes = graph.getNodeList();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        if (!output.isEmpty() && !made.add(output)) {
          throw new ModelFormatException("The tensor '%s' is made twice.".formatted(output));
        }
        maker.put(output, i);
      }
    }
    int[] waits = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      for (String read : Captures.reads(nodes.get(i))) {
        if (!made.contains(read)) {
          throw new ModelFormatException(
              "%s reads '%s', which is no input, no initializer, and made by no node."
                  .formatted(Operands.label(nodes.get(i)), read));
        }
        if (!given.contains(read)) {
          readers.get(maker.getOrDefault(read, i)).add(i);
          waits[i]++;
        }
      }
    }
    return run(nodes, waits, readers);
  }

  private static List<NodeProto> run(
      List<NodeProto> nodes, int[] waits, List<List<Integer>> readers) {
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waits.length; i++) {
      if (waits[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> order = new ArrayList<>();
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      order.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waits[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    for (int i = 0; i < waits.length; i++) {
      if (waits[i] > 0) {
        throw new ModelFormatException(
            "The graph is cyclic: %s waits for its own answer, directly or through others."
                .formatted(Operands.label(onCycle(nodes, waits, readers, i))));
      }
    }
    return order;
  }

  /** A stuck node may merely lie behind a cycle: walk back along stuck makers until one repeats. */
  private static NodeProto onCycle(
      List<NodeProto> nodes, int[] waits, List<List<Integer>> readers, int stuck) {
    Set<Integer> seen = new HashSet<>();
    int at = stuck;
    while (seen.add(at)) {
      for (int i = 0; i < waits.length; i++) {
        if (waits[i] > 0 && readers.get(i).contains(at)) {
          at = i;
          break;
        }
      }
    }
    return nodes.get(at);
  }
}
