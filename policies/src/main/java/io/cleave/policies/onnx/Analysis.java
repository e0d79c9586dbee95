package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.DnnGraph;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model understood: its graph, and which operators of the file stand behind it.
 *
 * @param graph layers and live tensors
 * @param nodes operator of each layer from 1 on, by layer index minus 1
 * @param values what is known of every tensor, by name
 * @param constantMakers operators that depend on no graph input, by the names that they make
 * @param frozen constants that hold only for the sizes at hand, since they follow from a live
 *     tensor's shape
 */
record Analysis(
    DnnGraph graph,
    List<NodeProto> nodes,
    Map<String, Value> values,
    Map<String, NodeProto> constantMakers,
    Set<String> frozen) {
  /** The same with more knowledge of the network's tensors. */
  Analysis with(DnnGraph knowing) {
    return new Analysis(knowing, nodes, values, constantMakers, frozen);
  }
}
