package io.cleave.policies.partition;

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
import java.util.List;

/** Small problems whose answers are worked out by hand. */
final class HandWorked {
  private HandWorked() {}

  /** A chain that makes so many bytes a layer, the input first. */
  static DnnGraph chain(long... bytes) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      tensors.add(tensor(i, bytes[i], i));
      layers.add(layer(i, i == 0 ? List.of() : List.of(i - 1)));
    }
    return new DnnGraph("by hand", layers, tensors, List.of(bytes.length - 1));
  }

  /** Layer i reads the outputs of the layers named; each makes so many bytes. */
  static DnnGraph network(long[] bytes, List<List<Integer>> inputs) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      tensors.add(tensor(i, bytes[i], i));
      layers.add(layer(i, inputs.get(i)));
    }
    return new DnnGraph("by hand", layers, tensors, List.of(bytes.length - 1));
  }

  /** One server, no queue, no start, no round trip, a downlink that takes next to no time. */
  static Observation problem(DnnGraph graph, double[] device, double[] server, double mbps) {
    LinkState link = new LinkState(Bandwidth.mbps(mbps), new Bandwidth(1e15), 0, RateError.NONE);
    return new Observation(
        graph,
        new NodeState("device", LayerTimes.of(device, 0), 0),
        new EnergyModel(5, 2, new Radio(0.4, 0.1, 1)),
        List.of(new ServerState(new NodeState("server", LayerTimes.of(server, 0), 0), link)),
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }

  private static Layer layer(int index, List<Integer> inputs) {
    LayerKind kind = index == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    return new Layer("layer" + index, kind.name(), kind, Work.NONE, inputs, List.of(index));
  }

  private static Tensor tensor(int index, long bytes, int producer) {
    return new Tensor("tensor" + index, TensorShape.of(bytes), ElementType.UINT8, producer);
  }
}
