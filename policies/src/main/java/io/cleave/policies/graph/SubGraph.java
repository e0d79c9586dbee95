package io.cleave.policies.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a network that leads to one of its outputs, as a network of its own.
 *
 * @param graph the part
 * @param layers places of its layers in the whole, ascending; not copied
 */
public record SubGraph(DnnGraph graph, List<Integer> layers) {
  public SubGraph {
    layers = List.copyOf(layers);
  }

  /** What a tensor of the whole needs to be made. */
  public static SubGraph leadingTo(DnnGraph whole, int tensor) {
    List<Integer> layers = whole.leadingTo(tensor).stream().boxed().toList();
    List<Tensor> tensors = new ArrayList<>();
    int[] places = new int[whole.tensors().size()]; // [tensor of the whole] its place here
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int output : whole.layer(layers.get(layer)).outputs()) {
        Tensor made = whole.tensor(output);
        places[output] = tensors.size();
        tensors.add(new Tensor(made.name(), made.shape(), made.type(), layer, made.measured()));
      }
    }
    List<Layer> kept =
        layers.stream()
            .map(whole::layer)
            .map(
                layer ->
                    new Layer(
                        layer.name(),
                        layer.operator(),
                        layer.kind(),
                        layer.work(),
                        layer.inputs().stream().map(input -> places[input]).toList(),
                        layer.outputs().stream().map(output -> places[output]).toList(),
                        layer.division()))
            .toList();
    DnnGraph graph = new DnnGraph(whole.name(), kept, tensors, List.of(places[tensor]));
    return new SubGraph(graph, layers);
  }

  /** The same layers, as places in the whole. */
  public LayerSet inWhole(LayerSet part) {
    return LayerSet.of(part.stream().map(layers::get).toArray());
  }
}
