package io.cleave.testbed.bench;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * The opponent: the latency graph of DADS with the same three corrections, cut by JGraphT's
 * push-relabel.
 *
 * <p>Capacities are whole numbers, a 2^30th of the local latency each: on doubles that push-relabel
 * can move what rounding leaves over to and fro without end.
 */
final class PushRelabelCut {
  private static final double UNITS = 0x1p30; // in the local latency
  private static final int DEVICE = -1; // terminals; layers are 0 and up, tensors behind them
  private static final int SERVER = -2;

  private final SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
      new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
  private final double unit; // seconds

  /** Draws the graph for the first server. */
  PushRelabelCut(Observation observation) {
    DnnGraph network = observation.graph();
    LayerTimes device = observation.device().times();
    ServerState server = observation.server(1);
    unit = device.run(network.all()) / UNITS;
    graph.addVertex(DEVICE);
    graph.addVertex(SERVER);
    int sink = network.size();
    double offload =
        server.link().rttSeconds()
            + server.node().queueSeconds()
            + server.node().times().startSeconds();
    arc(DEVICE, sink, offload);
    for (int v = 0; v < sink; v++) {
      arc(DEVICE, v, v == 0 ? Double.POSITIVE_INFINITY : remoteSeconds(network, server, v));
      arc(v, SERVER, device.layer(v));
    }
    double x = server.link().up().secondsPerBit();
    for (int t = 0; t < network.tensors().size(); t++) {
      int producer = network.tensor(t).producer();
      int copy = sink + 1 + t;
      arc(producer, copy, network.tensor(t).size().bits() * x);
      for (int reader : network.consumers(t)) {
        arc(copy, reader, Double.POSITIVE_INFINITY);
        arc(reader, producer, Double.POSITIVE_INFINITY);
      }
    }
    network
        .outputs()
        .forEach(t -> arc(sink, network.tensor(t).producer(), Double.POSITIVE_INFINITY));
  }

  /** The least latency in seconds of all cuts, the device's start left out. */
  double seconds() {
    return unit * new PushRelabelMFImpl<>(graph, 0.5).calculateMinCut(DEVICE, SERVER);
  }

  private static double remoteSeconds(DnnGraph network, ServerState server, int v) {
    Layer layer = network.layer(v);
    double back = 0;
    for (int t : layer.outputs()) {
      back += network.outputs().contains(t) ? network.tensor(t).size().bits() : 0;
    }
    return server.node().times().layer(v) + back / server.link().down().bitsPerSecond();
  }

  private void arc(int tail, int head, double seconds) {
    graph.addVertex(tail);
    graph.addVertex(head);
    if (!graph.containsEdge(tail, head)) {
      double whole = Math.rint(Math.min(seconds / unit, 2 * UNITS));
      graph.setEdgeWeight(graph.addEdge(tail, head), whole);
    }
  }
}
