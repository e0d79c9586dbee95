package io.cleave.policies;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Seeded networks, machines and links on which planners are judged: sizes and times spread over
 * decades, servers that may be slower than the device, queues, outages, free layers.
 */
public final class RandomProblems {
  private static final double OUTAGE = 0.03; // share of links whose rate is zero

  private RandomProblems() {}

  /** A chain of 2 to so many layers, the input counted. */
  public static Observation chain(long seed, int maxLayers) {
    SplittableRandom random = new SplittableRandom(seed);
    return observation(random, chainGraph(random, maxLayers));
  }

  /**
   * A network of 2 to so many layers, the input counted: branches, skips, tensors with several
   * readers, layers with several outputs, several answers.
   */
  public static Observation dag(long seed, int maxLayers) {
    SplittableRandom random = new SplittableRandom(seed);
    return observation(random, dagGraph(random, maxLayers));
  }

  /** Random machines and links around a given network. */
  public static Observation around(long seed, DnnGraph graph) {
    return observation(new SplittableRandom(seed), graph);
  }

  /** The same problem with this uplink rate to every server. */
  public static Observation atUplink(Observation observation, Bandwidth up) {
    List<ServerState> servers =
        observation.servers().stream()
            .map(server -> new ServerState(server.node(), server.link().withUp(up)))
            .toList();
    return observation.with(servers);
  }

  private static DnnGraph chainGraph(SplittableRandom random, int maxLayers) {
    int size = random.nextInt(2, maxLayers + 1);
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      tensors.add(tensor(random, i, i));
      layers.add(layer(i, i == 0 ? List.of() : List.of(i - 1), List.of(i)));
    }
    return new DnnGraph("random chain", layers, tensors, List.of(size - 1));
  }

  private static DnnGraph dagGraph(SplittableRandom random, int maxLayers) {
    int size = random.nextInt(2, maxLayers + 1);
    int reach = random.nextInt(2, 9); // how far back a layer reads: small makes cut vertices likely
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    Set<Integer> unread = new LinkedHashSet<>();
    Set<Integer> answers = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      Set<Integer> inputs = new LinkedHashSet<>();
      int readers = i == 0 ? 0 : random.nextInt(1, 4);
      for (int k = 0; k < readers; k++) {
        inputs.add(random.nextInt(Math.max(0, tensors.size() - reach), tensors.size()));
      }
      unread.removeAll(inputs);
      List<Integer> outputs = new ArrayList<>();
      int made = random.nextDouble() < 0.15 ? 2 : 1;
      for (int k = 0; k < made; k++) {
        outputs.add(tensors.size());
        unread.add(tensors.size());
        if (i > 0 && random.nextDouble() < 0.05) {
          answers.add(tensors.size());
        }
        tensors.add(tensor(random, tensors.size(), i));
      }
      layers.add(layer(i, List.copyOf(inputs), outputs));
    }
    answers.addAll(unread);
    return new DnnGraph("random network", layers, tensors, List.copyOf(answers));
  }

  private static Layer layer(int index, List<Integer> inputs, List<Integer> outputs) {
    LayerKind kind = index == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    return new Layer("layer" + index, kind.name(), kind, Work.NONE, inputs, outputs);
  }

  private static Tensor tensor(SplittableRandom random, int index, int producer) {
    ElementType type = random.nextDouble() < 0.1 ? ElementType.UINT8 : ElementType.FLOAT32;
    long elements = (long) decades(random, 0, 6.5);
    return new Tensor("tensor" + index, TensorShape.of(elements), type, producer);
  }

  private static Observation observation(SplittableRandom random, DnnGraph graph) {
    double[] device = new double[graph.size()];
    for (int i = 1; i < device.length; i++) {
      device[i] = random.nextDouble() < 0.1 ? 0 : decades(random, -5, 0);
    }
    int servers = random.nextInt(1, 4);
    return new Observation(
        graph,
        new NodeState("device", LayerTimes.of(device, maybe(random, -5, -1)), queue(random)),
        new EnergyModel(5 * random.nextDouble(), 2 * random.nextDouble(), new Radio(0.4, 0.1, 1)),
        IntStream.range(0, servers).mapToObj(i -> server(random, i, device)).toList(),
        new Demand(decades(random, -2, 2), Double.POSITIVE_INFINITY, 0));
  }

  private static ServerState server(SplittableRandom random, int index, double[] device) {
    double pace = decades(random, -2.5, 0.7); // above 1: slower than the device
    double[] seconds = new double[device.length];
    for (int i = 1; i < seconds.length; i++) {
      seconds[i] = device[i] * pace * decades(random, -0.5, 0.5);
    }
    LinkState link =
        new LinkState(rate(random), rate(random), maybe(random, -4, -0.5), RateError.NONE);
    LayerTimes times = LayerTimes.of(seconds, maybe(random, -5, -1));
    return new ServerState(new NodeState("server" + index, times, queue(random)), link);
  }

  private static Bandwidth rate(SplittableRandom random) {
    boolean outage = random.nextDouble() < OUTAGE;
    return new Bandwidth(outage ? 0 : decades(random, 3, 11));
  }

  private static double queue(SplittableRandom random) {
    return maybe(random, -4, 0);
  }

  private static double maybe(SplittableRandom random, double fromDecade, double toDecade) {
    return random.nextBoolean() ? 0 : decades(random, fromDecade, toDecade);
  }

  private static double decades(SplittableRandom random, double from, double to) {
    return Math.pow(10, random.nextDouble(from, to));
  }
}
