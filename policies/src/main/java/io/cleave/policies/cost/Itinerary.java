package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A plan worked out for given machines: what each leg costs, link rates apart. The cost model
 * prices it and the simulator executes it, so that both mean the same thing.
 *
 * <p>Each tensor crosses once to each node that needs it; answers made elsewhere come back to the
 * device in one last transfer.
 *
 * @param hops in order; a transfer is absent if nothing crosses
 * @param localRestSeconds what the device needs for all layers after its first stage; the hedge
 */
public record Itinerary(List<Hop> hops, double localRestSeconds) {
  public Itinerary {
    hops = List.copyOf(hops);
  }

  /**
   * @throws IllegalArgumentException if a layer is missing, run twice or run before its inputs, or
   *     data would pass between two servers
   */
  public static Itinerary of(Plan plan, Observation observation) {
    DnnGraph graph = observation.graph();
    double sizeFactor = plan.codec().sizeFactor();
    List<Hop> hops = new ArrayList<>();
    int[] home = new int[graph.size()]; // node that ran the layer, plus one; 0 if none has yet
    List<BitSet> held = new ArrayList<>(); // [node] tensors present there
    for (int node = 0; node <= observation.servers().size(); node++) {
      held.add(new BitSet());
    }
    for (Stage stage : plan.stages()) {
      if (stage.node() > observation.servers().size()) {
        throw new IllegalArgumentException(
            "The plan names node %d, but only %d servers are known."
                .formatted(stage.node(), observation.servers().size()));
      }
      double bits = sizeFactor * 8 * bytesToFetch(graph, stage, home, held);
      addTransfer(hops, graph, stage, home, bits);
      double seconds = observation.node(stage.node()).times().run(stage.layers());
      if (seconds > 0 || stage.node() != Stage.DEVICE) { // a free run still waits in the queue
        hops.add(new Hop.Compute(stage.node(), seconds));
      }
      stage
          .layers()
          .forEach(
              layer -> {
                if (home[layer] != 0) {
                  throw new IllegalArgumentException(
                      "Layer %s is run twice.".formatted(graph.layer(layer).name()));
                }
                home[layer] = stage.node() + 1;
                graph.layer(layer).outputs().forEach(held.get(stage.node())::set);
              });
    }
    checkAllRun(graph, home);
    addReturn(hops, graph, home, held, sizeFactor);
    LayerSet rest = graph.all().minus(plan.near());
    return new Itinerary(hops, rest.isEmpty() ? 0 : observation.device().times().run(rest));
  }

  private static long bytesToFetch(DnnGraph graph, Stage stage, int[] home, List<BitSet> held) {
    long[] bytes = {0};
    BitSet here = held.get(stage.node());
    stage
        .layers()
        .forEach(
            layer -> {
              for (int tensor : graph.layer(layer).inputs()) {
                int producer = graph.tensor(tensor).producer();
                boolean own = stage.layers().contains(producer);
                if (!own && home[producer] == 0) {
                  throw new IllegalArgumentException(
                      "Layer %s runs before %s, which it needs."
                          .formatted(graph.layer(layer).name(), graph.layer(producer).name()));
                }
                if (!own && !here.get(tensor)) {
                  bytes[0] += graph.tensor(tensor).size().bytes();
                  here.set(tensor);
                }
              }
            });
    return bytes[0];
  }

  private static void addTransfer(
      List<Hop> hops, DnnGraph graph, Stage stage, int[] home, double bits) {
    if (bits == 0) {
      return;
    }
    int other = Stage.DEVICE;
    for (int layer : stage.layers().stream().toArray()) {
      for (int tensor : graph.layer(layer).inputs()) {
        int at = home[graph.tensor(tensor).producer()] - 1;
        if (at > Stage.DEVICE && at != stage.node()) {
          other = at;
        }
      }
    }
    if (stage.node() != Stage.DEVICE && other != Stage.DEVICE) {
      throw new IllegalArgumentException(
          "Node %d would need data from node %d; servers do not talk to each other."
              .formatted(stage.node(), other));
    }
    boolean up = stage.node() != Stage.DEVICE;
    hops.add(new Hop.Transfer(up ? stage.node() : other, up, bits));
  }

  private static void addReturn(
      List<Hop> hops, DnnGraph graph, int[] home, List<BitSet> held, double sizeFactor) {
    double bits = 0;
    int server = Stage.DEVICE;
    for (int output : graph.outputs()) {
      if (!held.get(Stage.DEVICE).get(output)) {
        bits += sizeFactor * graph.tensor(output).size().bits();
        server = home[graph.tensor(output).producer()] - 1;
      }
    }
    if (bits > 0) {
      hops.add(new Hop.Transfer(server, false, bits));
    }
  }

  private static void checkAllRun(DnnGraph graph, int[] home) {
    for (int layer = 0; layer < home.length; layer++) {
      if (home[layer] == 0) {
        throw new IllegalArgumentException(
            "Layer %s is run nowhere.".formatted(graph.layer(layer).name()));
      }
    }
  }
}
