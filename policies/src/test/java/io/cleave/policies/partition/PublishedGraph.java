package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import java.util.List;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * The latency graph as DADS draws it (with the three corrections), built by the book and solved by
 * somebody else's push-relabel: an oracle for networks beyond brute force. Shares no code with what
 * it judges but the problem's arrays.
 *
 * <p>Capacities are whole numbers, since that push-relabel need not end on others: it moves what
 * rounding leaves over to and fro.
 */
final class PublishedGraph {
  private static final double UNITS = 0x1p36; // in the cost to be checked: relative error 1e-11
  private static final String E = "edge";
  private static final String C = "cloud";
  private final PartitionProblem problem;
  private final SimpleDirectedWeightedGraph<String, DefaultWeightedEdge> graph =
      new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
  private final double unit; // seconds
  private final double x;

  /**
   * Draws the graph.
   *
   * @param x seconds per bit
   * @param seconds the cost to be checked; arcs far dearer than that are all the same
   */
  PublishedGraph(PartitionProblem problem, double x, double seconds) {
    this.problem = problem;
    this.x = x;
    unit = Math.max(seconds, Double.MIN_NORMAL) / UNITS;
    graph.addVertex(E);
    graph.addVertex(C);
    for (int v = 0; v <= problem.skeleton.sink; v++) {
      link(E, "v" + v, v == 0 ? Double.POSITIVE_INFINITY : problem.tc[v]);
      link("v" + v, C, problem.te[v]);
    }
    for (int t = 0; t < problem.skeleton.tensors(); t++) {
      String producer = "v" + problem.skeleton.producer[t];
      String copy = "t" + t;
      link(producer, copy, problem.skeleton.bits[t] * x);
      for (int r = problem.skeleton.readersFrom[t]; r < problem.skeleton.readersFrom[t + 1]; r++) {
        String reader = "v" + problem.skeleton.readers[r];
        link(copy, reader, Double.POSITIVE_INFINITY);
        link(reader, producer, Double.POSITIVE_INFINITY);
      }
    }
    for (int answer : problem.skeleton.answers) {
      String producer = "v" + problem.skeleton.producer[answer];
      link("v" + problem.skeleton.sink, producer, Double.POSITIVE_INFINITY);
    }
  }

  /** The least latency of all cuts, local and all remote included; at most 4 times the checked. */
  double seconds() {
    double cut = unit * new PushRelabelMFImpl<>(graph, 0.5).calculateMinCut(E, C);
    double started = problem.waitSeconds + problem.startSeconds + cut;
    return Math.min(started, problem.seconds(LayerSet.of(0), x));
  }

  private void link(String tail, String head, double capacity) {
    for (String vertex : List.of(tail, head)) {
      graph.addVertex(vertex);
    }
    if (!graph.containsEdge(tail, head)) {
      double whole = Math.rint(Math.min(capacity / unit, 4 * UNITS));
      graph.setEdgeWeight(graph.addEdge(tail, head), whole);
    }
  }
}
