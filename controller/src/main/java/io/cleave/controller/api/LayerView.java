package io.cleave.controller.api;

import io.cleave.controller.control.AgentState;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One layer of a device's network.
 *
 * @param operator as the model file calls it
 * @param inputs indices of the layers that it reads from
 * @param deviceSeconds on the device in its present state
 * @param outputBytes of the tensors that it makes
 * @param output which of the network's outputs it makes, 1 for the first; absent if none
 */
record LayerView(
    int index,
    String name,
    String operator,
    List<Integer> inputs,
    double deviceSeconds,
    long outputBytes,
    OptionalInt output) {
  /** All layers, once the network is known. */
  static List<LayerView> of(AgentState agent) {
    return agent.graph().map(graph -> of(graph, times(agent, graph))).orElse(List.of());
  }

  private static LayerTimes times(AgentState agent, DnnGraph graph) {
    return agent
        .decided()
        .flatMap(decided -> decided.seen())
        .map(Observation::device)
        .map(device -> device.times())
        .orElseGet(
            () -> DeviceClass.byId(agent.capabilities().deviceClass()).profile().times(graph));
  }

  private static List<LayerView> of(DnnGraph graph, LayerTimes times) {
    List<LayerView> layers = new ArrayList<>();
    for (int i = 0; i < graph.size(); i++) {
      Layer layer = graph.layer(i);
      layers.add(
          new LayerView(
              i,
              layer.name(),
              layer.operator(),
              layer.inputs().stream().map(t -> graph.tensor(t).producer()).distinct().toList(),
              times.layer(i),
              graph.sizeOf(layer.outputs()).bytes(),
              output(graph, layer)));
    }
    return layers;
  }

  private static OptionalInt output(DnnGraph graph, Layer layer) {
    return layer.outputs().stream()
        .mapToInt(graph.outputs()::indexOf)
        .filter(place -> place >= 0)
        .map(place -> place + 1)
        .findFirst();
  }
}
