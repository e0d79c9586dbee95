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
import java.util.Arrays;
import java.util.List;

/**
 * A small problem whose every figure can be worked out by hand.
 *
 * <pre>
 *            input    a      b      c
 * out, bit    8000   4000   2000   1000
 * device, s      0      1      2      3   start 0.5, queue 0.25
 * server, s      0    0.1    0.2    0.3   start 0.05, queue 0.4
 * </pre>
 *
 * Link: up 8000 bit/s, down 2000 bit/s, round trip 0.2 s. Power: 4 W computing, 1 W idle, radio 0.5
 * W per Mbit/s up, 0.2 W down, 2 W base.
 */
public final class HandMade {
  private HandMade() {}

  public static Observation observation() {
    return observation(8000);
  }

  /** With this uplink. */
  public static Observation observation(double upBitsPerSecond) {
    return observation(chain(1000, 500, 250, 125), upBitsPerSecond, 1);
  }

  /** Another network of up to four layers, and several equal servers. */
  public static Observation observation(DnnGraph graph, double upBitsPerSecond, int servers) {
    LinkState link =
        new LinkState(new Bandwidth(upBitsPerSecond), new Bandwidth(2000), 0.2, RateError.NONE);
    double[] device = Arrays.copyOf(new double[] {0, 1, 2, 3}, graph.size());
    double[] server = Arrays.copyOf(new double[] {0, 0.1, 0.2, 0.3}, graph.size());
    List<ServerState> states = new ArrayList<>();
    for (int i = 1; i <= servers; i++) {
      states.add(
          new ServerState(new NodeState("server" + i, LayerTimes.of(server, 0.05), 0.4), link));
    }
    return new Observation(
        graph,
        new NodeState("device", LayerTimes.of(device, 0.5), 0.25),
        new EnergyModel(4, 1, new Radio(0.5, 0.2, 2)),
        states,
        new Demand(0.01, Double.POSITIVE_INFINITY, 0));
  }

  /** Layers input, a, b, ... in a row whose outputs have so many bytes. */
  public static DnnGraph chain(long... bytes) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      layers.add(layer(i, i == 0 ? List.of() : List.of(i - 1), List.of(i)));
      tensors.add(tensor(i, bytes[i], i));
    }
    return new DnnGraph("chain", layers, tensors, List.of(bytes.length - 1));
  }

  /** Input, a, b and c, where c reads both a and b: a skip connection. */
  public static DnnGraph skip() {
    return new DnnGraph(
        "skip",
        List.of(
            layer(0, List.of(), List.of(0)),
            layer(1, List.of(0), List.of(1)),
            layer(2, List.of(1), List.of(2)),
            layer(3, List.of(1, 2), List.of(3))),
        List.of(tensor(0, 1000, 0), tensor(1, 500, 1), tensor(2, 250, 2), tensor(3, 125, 3)),
        List.of(3));
  }

  public static Layer layer(int index, List<Integer> inputs, List<Integer> outputs) {
    LayerKind kind = index == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    String name = index == 0 ? "input" : String.valueOf((char) ('a' + index - 1));
    return new Layer(name, kind.name(), kind, Work.NONE, inputs, outputs);
  }

  public static Tensor tensor(int index, long bytes, int producer) {
    return new Tensor("t" + index, TensorShape.of(bytes), ElementType.UINT8, producer);
  }
}
