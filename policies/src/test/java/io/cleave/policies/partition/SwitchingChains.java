package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Seeded chains on which to change sides often pays, limits that bind, and all placements. */
final class SwitchingChains {
  private SwitchingChains() {}

  static LongStream fiveHundred() {
    return LongStream.range(0, 500);
  }

  /** Three to so many layers, some without parameters, and one server. */
  static Observation chain(long seed, int maxLayers) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(3, maxLayers + 1);
    double[] device = new double[size];
    double[] server = new double[size];
    long[] bytes = new long[size];
    boolean[] learned = new boolean[size];
    double pace = decades(random, -1.5, 0.3);
    bytes[0] = (long) decades(random, 3, 5);
    for (int i = 1; i < size; i++) {
      device[i] = decades(random, -3, 0);
      server[i] = device[i] * pace * decades(random, -1, 1);
      bytes[i] = (long) decades(random, 2, 5);
      learned[i] = i == size - 1 || random.nextInt(3) > 0;
    }
    LinkState link =
        new LinkState(
            new Bandwidth(decades(random, 5, 7.5)),
            new Bandwidth(decades(random, 5, 7.5)),
            random.nextDouble(0.05),
            RateError.NONE);
    NodeState there =
        new NodeState("server", LayerTimes.of(server, random.nextDouble(0.01)), queue(random));
    return new Observation(
        graph(bytes, learned),
        new NodeState("device", LayerTimes.of(device, random.nextDouble(0.01)), queue(random)),
        new EnergyModel(1 + 5 * random.nextDouble(), random.nextDouble(), new Radio(0.4, 0.1, 1)),
        List.of(new ServerState(there, link)),
        new Demand(0.1, Double.POSITIVE_INFINITY, 0));
  }

  private static double queue(SplittableRandom random) {
    return random.nextBoolean() ? 0 : random.nextDouble(0.1);
  }

  private static double decades(SplittableRandom random, double from, double to) {
    return Math.pow(10, random.nextDouble(from, to));
  }

  /** A chain whose layers make so many bytes. */
  static DnnGraph graph(long[] bytes, boolean[] learned) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      LayerKind kind = i == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
      Work work = learned[i] ? new Work(1, 1, 4, 1) : Work.NONE;
      List<Integer> inputs = i == 0 ? List.of() : List.of(i - 1);
      layers.add(new Layer("layer" + i, kind.name(), kind, work, inputs, List.of(i)));
      tensors.add(new Tensor("t" + i, TensorShape.of(bytes[i]), ElementType.UINT8, i));
    }
    return new DnnGraph("switching chain", layers, tensors, List.of(bytes.length - 1));
  }

  /**
   * Limits of which each is there or not, around what two placements drawn by chance take: some can
   * be kept and some cannot.
   */
  static Limits limits(long seed, List<Expense> placements) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Limits(
        limit(random, placements.stream().mapToDouble(Expense::joules).toArray()),
        limit(random, placements.stream().mapToDouble(Expense::serverSeconds).toArray()),
        limit(random, placements.stream().mapToDouble(Expense::seconds).toArray()));
  }

  private static double limit(SplittableRandom random, double[] taken) {
    double one = taken[random.nextInt(taken.length)];
    double least = IntStream.range(0, taken.length).mapToDouble(i -> taken[i]).min().orElse(0);
    double between = least + random.nextDouble() * (one - least);
    double limit = between * random.nextDouble(0.8, 1.2);
    return random.nextInt(3) == 0 || !(limit > 0) ? Double.POSITIVE_INFINITY : limit;
  }

  /** What each of the 2^(n - 1) placements takes, by the cost model alone. */
  static List<Expense> placements(Observation chain) {
    int layers = chain.graph().size();
    return IntStream.range(0, 1 << (layers - 1))
        .mapToObj(far -> expense(plan(sides(far, layers)), chain))
        .toList();
  }

  /** Layer i + 1 is on the server if bit i is set. */
  static boolean[] sides(int far, int layers) {
    boolean[] sides = new boolean[layers];
    for (int layer = 1; layer < layers; layer++) {
      sides[layer] = (far >> (layer - 1) & 1) == 1;
    }
    return sides;
  }

  /** Neighbours on one side are one run. */
  static Plan plan(boolean[] sides) {
    List<Stage> stages = new ArrayList<>();
    int from = 0;
    for (int layer = 1; layer <= sides.length; layer++) {
      if (layer == sides.length || sides[layer] != sides[layer - 1]) {
        stages.add(new Stage(sides[from] ? 1 : 0, LayerSet.range(from, layer)));
        from = layer;
      }
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }

  static Expense expense(Plan plan, Observation observation) {
    Estimate estimate = CostModel.estimate(plan, observation);
    return new Expense(estimate.seconds(), estimate.energy().joules(), estimate.serverSeconds());
  }
}
