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
 * <p>Each tensor crosses once to each node that needs it and is held there from then on. Answers
 * made elsewhere come back to the device at the end, in one transfer from each server.
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
    Walk walk = new Walk(observation, plan.codec().sizeFactor());
    plan.stages().forEach(walk::run);
    walk.finish();
    LayerSet rest = observation.graph().all().minus(plan.near());
    double restSeconds = rest.isEmpty() ? 0 : observation.device().times().run(rest);
    return new Itinerary(walk.hops, restSeconds);
  }

  /**
   * Follows a frame from stage to stage. Planners ask for many itineraries a report: layers are
   * visited once, and by index.
   */
  private static final class Walk {
    private final DnnGraph graph;
    private final Observation observation;
    private final double sizeFactor;
    private final List<Hop> hops = new ArrayList<>();
    private final int[] home; // [layer] node that ran it, plus one; 0 if none has yet
    private final List<BitSet> fetched = new ArrayList<>(); // [node] tensors brought there

    Walk(Observation observation, double sizeFactor) {
      this.graph = observation.graph();
      this.observation = observation;
      this.sizeFactor = sizeFactor;
      this.home = new int[graph.size()];
      for (int node = 0; node <= observation.servers().size(); node++) {
        fetched.add(new BitSet());
      }
    }

    void run(Stage stage) {
      if (stage.node() > observation.servers().size()) {
        throw new IllegalArgumentException(
            "The plan names node %d, but only %d servers are known."
                .formatted(stage.node(), observation.servers().size()));
      }
      move(stage.node(), settle(stage));
      double seconds = observation.node(stage.node()).times().run(stage.layers());
      if (seconds > 0 || stage.node() != Stage.DEVICE) { // a free run still waits in the queue
        hops.add(new Hop.Compute(stage.node(), seconds));
      }
    }

    /** The answers come home. */
    void finish() {
      for (int layer = 0; layer < home.length; layer++) {
        if (home[layer] == 0) {
          throw new IllegalArgumentException(
              "Layer %s is run nowhere.".formatted(graph.layer(layer).name()));
        }
      }
      BitSet answers = new BitSet();
      for (int tensor : graph.outputs()) {
        if (!holds(Stage.DEVICE, tensor)) {
          answers.set(tensor);
        }
      }
      move(Stage.DEVICE, answers);
    }

    private boolean holds(int node, int tensor) {
      return home[graph.tensor(tensor).producer()] == node + 1 || fetched.get(node).get(tensor);
    }

    /** Gives the stage's layers to its node; tells the tensors that these read and it lacks. */
    private BitSet settle(Stage stage) {
      BitSet missing = new BitSet();
      for (int l = stage.layers().next(0); l >= 0; l = stage.layers().next(l + 1)) {
        check(l);
        List<Integer> inputs = graph.layer(l).inputs();
        for (int i = 0; i < inputs.size(); i++) {
          int tensor = inputs.get(i);
          int producer = graph.tensor(tensor).producer();
          if (home[producer] == 0) { // ascending: one of this stage would be settled
            throw new IllegalArgumentException(
                "Layer %s runs before %s, which it needs."
                    .formatted(graph.layer(l).name(), graph.layer(producer).name()));
          }
          if (!holds(stage.node(), tensor)) {
            missing.set(tensor);
          }
        }
        home[l] = stage.node() + 1;
      }
      return missing;
    }

    private void check(int layer) {
      if (layer >= home.length) {
        throw new IllegalArgumentException(
            "The plan runs layer %d, but %s has only %d. Maybe it was made for another network."
                .formatted(layer, graph.name(), graph.size()));
      }
      if (home[layer] != 0) {
        throw new IllegalArgumentException(
            "Layer %s is run twice.".formatted(graph.layer(layer).name()));
      }
    }

    /** One transfer up, or one down from each server that has some of the tensors. */
    private void move(int node, BitSet tensors) {
      double[] bits = new double[fetched.size()]; // [server] to or from it
      for (int t = tensors.nextSetBit(0); t >= 0; t = tensors.nextSetBit(t + 1)) {
        int from = home[graph.tensor(t).producer()] - 1;
        if (node != Stage.DEVICE && !holds(Stage.DEVICE, t)) {
          throw new IllegalArgumentException(
              "Node %d would need data from node %d; servers do not talk to each other."
                  .formatted(node, from));
        }
        bits[node == Stage.DEVICE ? from : node] += sizeFactor * graph.tensor(t).size().bits();
        fetched.get(node).set(t);
      }
      for (int server = 1; server < bits.length; server++) {
        if (bits[server] > 0) {
          hops.add(new Hop.Transfer(server, node != Stage.DEVICE, bits[server]));
        }
      }
    }
  }
}
