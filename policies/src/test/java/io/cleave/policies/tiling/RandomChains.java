package io.cleave.policies.tiling;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Short chains of layers that can mostly be divided, and two or three machines, from a seed. */
final class RandomChains {
  private RandomChains() {}

  static Observation of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = graph(random, random.nextInt(2, 6));
    return of(random, graph, random.nextInt(1, 3));
  }

  /** The same with so many layers behind the input. */
  static Observation of(long seed, int layers) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = graph(random, layers);
    return of(random, graph, random.nextInt(1, 3));
  }

  /** The same with so many servers. */
  static Observation of(long seed, int layers, int servers) {
    SplittableRandom random = new SplittableRandom(seed);
    return of(random, graph(random, layers), servers);
  }

  private static Observation of(SplittableRandom random, DnnGraph graph, int count) {
    List<ServerState> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LinkState link =
          new LinkState(
              Bandwidth.mbps(Math.exp(random.nextDouble(-1, 6))),
              Bandwidth.mbps(Math.exp(random.nextDouble(-1, 6))),
              random.nextDouble(0, 0.004),
              RateError.NONE);
      NodeState node =
          new NodeState("server", times(random, graph, 0.3), random.nextDouble(0, 0.002));
      servers.add(new ServerState(node, link));
    }
    return observation(graph, times(random, graph, 1), servers);
  }

  static Observation observation(DnnGraph graph, LayerTimes device, List<ServerState> servers) {
    return new Observation(
        graph,
        new NodeState("device", device, 0),
        DeviceClass.RASPBERRY_PI_4B.energy(),
        servers,
        new Demand(1, 1, 0));
  }

  private static LayerTimes times(SplittableRandom random, DnnGraph graph, double scale) {
    double[] seconds = new double[graph.size()];
    for (int i = 1; i < seconds.length; i++) {
      seconds[i] = scale * random.nextDouble(0.001, 0.03);
    }
    return LayerTimes.of(seconds, scale * random.nextDouble(0, 0.001));
  }

  private static DnnGraph graph(SplittableRandom random, int size) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    long rows = random.nextLong(6, 12);
    layers.add(new Layer("input", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)));
    tensors.add(image("t0", rows, 0, random));
    for (int i = 1; i <= size; i++) {
      Division division = Division.NONE;
      if (random.nextInt(6) > 0) {
        long kernel = random.nextLong(1, 4);
        long stride = rows > 5 ? random.nextLong(1, 3) : 1;
        long padding = kernel / 2;
        rows = (rows + 2 * padding - kernel) / stride + 1;
        ReceptiveField field = new ReceptiveField.Sliding(kernel, 1, stride, padding);
        division = new Division(Map.of(2, field, 3, field));
      }
      layers.add(
          new Layer(
              "layer" + i,
              "Conv",
              LayerKind.CONVOLUTION,
              Work.NONE,
              List.of(i - 1),
              List.of(i),
              division));
      tensors.add(image("t" + i, rows, i, random));
    }
    return new DnnGraph("chain", layers, tensors, List.of(size));
  }

  private static Tensor image(String name, long rows, int producer, SplittableRandom random) {
    long channels = random.nextLong(1, 40);
    return new Tensor(name, TensorShape.of(1, channels, rows, rows), ElementType.FLOAT32, producer);
  }
}
