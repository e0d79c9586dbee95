package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
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
 * @param localRestSeconds what the device needs to finish by itself what it hands over; the hedge
 */
public record Itinerary(List<Hop> hops, double localRestSeconds) {
  private static final int WHOLE = -1; // no exit: all layers, all outputs

  public Itinerary {
    hops = List.copyOf(hops);
  }

  /** True if something goes to a server. */
  boolean handsOver() {
    return hops.stream().anyMatch(hop -> hop instanceof Hop.Transfer transfer && transfer.up());
  }

  /**
   * The way of a frame that leaves nowhere before the end.
   *
   * @throws IllegalArgumentException if a layer is missing, run twice or run before its inputs,
   *     data would pass between two servers, or a stage is shared in a way in which it cannot be
   */
  public static Itinerary of(Plan plan, Observation observation) {
    return of(plan, observation, plan.exits().map(rule -> rule.size() - 1).orElse(WHOLE));
  }

  /**
   * The way of a frame that leaves at one of the plan's exits. What a server needs for all its
   * layers is sent at once, since nobody knows before where a frame will leave; what is answered is
   * the exit's tensor.
   *
   * @param place among the plan's exits
   * @throws IllegalArgumentException also if an exit is made by no stage, or in the same stage as
   *     the next one
   */
  public static Itinerary of(Plan plan, Observation observation, int place) {
    Walk walk = new Walk(plan, observation);
    int end = place == WHOLE ? WHOLE : walk.stageOfExit(place);
    walk.to(end);
    walk.finish(place);
    return new Itinerary(walk.hops, walk.restSeconds(end));
  }

  /**
   * Follows a frame from stage to stage. Planners ask for many itineraries a report: layers are
   * visited once, and by index.
   */
  private static final class Walk {
    private final Plan plan;
    private final DnnGraph graph;
    private final Observation observation;
    private final Codec codec;
    private final List<Hop> hops = new ArrayList<>();
    private final int[] home; // [layer] node that ran it, plus one; 0 if none has yet
    private final int[] nodes; // that the plan runs on, ascending, the device always the first
    private final BitSet[] fetched; // [place among nodes] tensors brought there

    Walk(Plan plan, Observation observation) {
      this.plan = plan;
      this.graph = observation.graph();
      this.observation = observation;
      this.codec = plan.codec();
      this.home = new int[graph.size()];
      this.nodes = nodes(plan);
      this.fetched = new BitSet[nodes.length];
      for (int place = 0; place < nodes.length; place++) {
        fetched[place] = new BitSet();
      }
    }

    private static int[] nodes(Plan plan) {
      BitSet nodes = new BitSet();
      nodes.set(Stage.DEVICE);
      for (Stage stage : plan.stages()) {
        nodes.set(stage.node());
      }
      int[] ascending = new int[nodes.cardinality()];
      int node = Stage.DEVICE;
      for (int place = 0; place < ascending.length; place++) {
        ascending[place] = node;
        node = nodes.nextSetBit(node + 1);
      }
      return ascending;
    }

    private int place(int node) {
      int place = 0;
      while (nodes[place] != node) {
        place++;
      }
      return place;
    }

    /** The stage that makes an exit, which must come after the one that makes the exit before. */
    int stageOfExit(int place) {
      int stage = -1;
      for (int exit = 0; exit <= place; exit++) {
        int producer = graph.tensor(exitTensor(exit)).producer();
        int before = stage;
        do {
          stage++;
        } while (stage < plan.stages().size()
            && !plan.stages().get(stage).layers().contains(producer));
        if (stage == plan.stages().size()) {
          throw new IllegalArgumentException(
              "No stage after stage %d makes exit %s of %s."
                  .formatted(before, graph.layer(producer).name(), graph.name()));
        }
      }
      return stage;
    }

    private int exitTensor(int place) {
      int output = plan.exits().orElseThrow().exits().get(place);
      if (output >= graph.outputs().size()) {
        throw new IllegalArgumentException(
            "The plan names exit %d, but %s has only %d. Maybe it was made for another network."
                .formatted(output, graph.name(), graph.outputs().size()));
      }
      return graph.outputs().get(output);
    }

    /** Leg by leg, until behind a stage. */
    void to(int end) {
      int from = 0;
      while (from < plan.stages().size() && (end == WHOLE || from <= end)) {
        int node = plan.stages().get(from).node();
        int next = from + 1;
        while (next < plan.stages().size() && together(from, next)) {
          next++;
        }
        if (plan.stages().get(from).sharing().isPresent()) {
          share(plan.stages().get(from));
        } else {
          run(node, plan.stages().subList(from, next), end == WHOLE ? next : end - from + 1);
        }
        from = next;
      }
    }

    private boolean together(int from, int next) {
      Stage one = plan.stages().get(from);
      Stage other = plan.stages().get(next);
      return one.node() == other.node() && one.sharing().isEmpty() && other.sharing().isEmpty();
    }

    private void share(Stage stage) {
      if (plan.exits().isPresent() || plan.hedge().armed()) {
        throw new IllegalArgumentException(
            "A plan whose layers %s are shared has neither exits nor a hedge. A piece that is missing is made by the device."
                .formatted(stage.layers()));
      }
      BitSet missing = new BitSet();
      settle(stage, missing);
      move(Stage.DEVICE, missing);
      hops.add(SharedHop.of(stage, observation, plan.codec()));
    }

    private void run(int node, List<Stage> leg, int runs) {
      if (node > observation.servers().size()) {
        throw new IllegalArgumentException(
            "The plan names node %d, but only %d servers are known."
                .formatted(node, observation.servers().size()));
      }
      BitSet missing = new BitSet();
      leg.forEach(stage -> settle(stage, missing));
      move(node, missing);
      double seconds = 0;
      for (int i = 0; i < Math.min(runs, leg.size()); i++) {
        seconds += observation.node(node).times().run(leg.get(i).layers());
      }
      if (seconds > 0 || node != Stage.DEVICE) { // a free run still waits in the queue
        hops.add(new Hop.Compute(node, seconds));
      }
    }

    /** What the device would need to get to the end of a stage without any help. */
    double restSeconds(int end) {
      LayerSet near = plan.near();
      if (end == WHOLE) {
        LayerSet rest = graph.all().minus(near);
        return rest.isEmpty() ? 0 : observation.device().times().run(rest);
      }
      double seconds = 0;
      for (int i = 0; i <= end; i++) {
        LayerSet layers = plan.stages().get(i).layers();
        seconds += layers.intersects(near) ? 0 : observation.device().times().run(layers);
      }
      return seconds;
    }

    /** The answers come home: those of the network, or the one of the exit. */
    void finish(int place) {
      BitSet answers = new BitSet();
      if (place == WHOLE) {
        checkAllRun();
        graph.outputs().forEach(answers::set);
      } else {
        answers.set(exitTensor(place));
      }
      for (int t = answers.nextSetBit(0); t >= 0; t = answers.nextSetBit(t + 1)) {
        answers.set(t, !holds(Stage.DEVICE, t));
      }
      move(Stage.DEVICE, answers);
    }

    private void checkAllRun() {
      for (int layer = 0; layer < home.length; layer++) {
        if (home[layer] == 0) {
          throw new IllegalArgumentException(
              "Layer %s is run nowhere.".formatted(graph.layer(layer).name()));
        }
      }
    }

    private boolean holds(int node, int tensor) {
      return home[graph.tensor(tensor).producer()] == node + 1 || fetched[place(node)].get(tensor);
    }

    /** Gives the stage's layers to its node; adds the tensors that these read and it lacks. */
    private void settle(Stage stage, BitSet missing) {
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
      double[] bits = new double[nodes.length]; // [place] to or from it
      double[] seconds = new double[nodes.length]; // [place] of the codec
      for (int t = tensors.nextSetBit(0); t >= 0; t = tensors.nextSetBit(t + 1)) {
        int from = home[graph.tensor(t).producer()] - 1;
        if (node != Stage.DEVICE && !holds(Stage.DEVICE, t)) {
          throw new IllegalArgumentException(
              "Node %d would need data from node %d; servers do not talk to each other."
                  .formatted(node, from));
        }
        int server = node == Stage.DEVICE ? from : node;
        bits[place(server)] += codec.bits(graph.tensor(t));
        seconds[place(server)] += codec.seconds(graph.tensor(t));
        fetched[place(node)].set(t);
      }
      for (int place = 1; place < bits.length; place++) {
        if (bits[place] > 0) {
          hops.add(
              new Hop.Transfer(nodes[place], node != Stage.DEVICE, bits[place], seconds[place]));
        }
      }
    }
  }
}
