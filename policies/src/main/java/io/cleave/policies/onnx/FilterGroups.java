package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which filters of a network can go: those of a convolution whose channels reach, through
 * activations, pools and batch normalisations, nothing but convolutions and fully connected layers.
 * Removing such a filter gives what the network computes with zeros in its place.
 *
 * <p>Channels that are added to others, put beside others, or answered with stay as they are, so of
 * a residual block the inner convolutions alone can be pruned.
 *
 * <p>Complexity: each convolution's channels are followed once; O(operators) for each.
 */
public final class FilterGroups {
  private final String network;
  private final Map<String, FilterGroup> groups = new LinkedHashMap<>();
  private final Map<String, String> obstacles = new LinkedHashMap<>();

  private FilterGroups(String network, GraphProto graph) {
    this.network = network;
    ChannelReaders readers = new ChannelReaders(graph);
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Conv")) {
        ChannelWalk walk = ChannelWalk.from(node, readers);
        String layer = ChannelReaders.name(node);
        walk.obstacle()
            .ifPresentOrElse(
                why -> obstacles.put(layer, why), () -> groups.put(layer, walk.group()));
      }
    }
  }

  /**
   * Of a network.
   *
   * @param network shown to people
   */
  static FilterGroups of(String network, GraphProto graph) {
    return new FilterGroups(network, graph);
  }

  /** Those that can be pruned, in the order of the network. */
  public List<FilterGroup> all() {
    return List.copyOf(groups.values());
  }

  /** Why other convolutions' filters cannot go, by their names. */
  public Map<String, String> obstacles() {
    return Map.copyOf(obstacles);
  }

  /**
   * The filters of one convolution.
   *
   * @throws IllegalArgumentException if they cannot be pruned, saying why, or it is no convolution
   */
  public FilterGroup of(String layer) {
    FilterGroup group = groups.get(layer);
    if (group == null) {
      String why = obstacles.get(layer);
      throw new IllegalArgumentException(
          why == null
              ? "%s has no convolution '%s'. It has %s.".formatted(network, layer, convolutions())
              : "Filters of '%s' of %s cannot be pruned: %s.".formatted(layer, network, why));
    }
    return group;
  }

  private List<String> convolutions() {
    List<String> names = new ArrayList<>(groups.keySet());
    names.addAll(obstacles.keySet());
    return names;
  }

  /**
   * The filters that make what crosses when the network is cut behind a tensor.
   *
   * @throws IllegalArgumentException if no filters that can be pruned make it
   */
  public FilterGroup before(String tensor) {
    return groups.values().stream()
        .filter(group -> group.tensors().contains(tensor))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No filters of %s that can be pruned make '%s'. They make %s."
                        .formatted(network, tensor, carriers())));
  }

  private List<String> carriers() {
    return groups.values().stream().flatMap(group -> group.tensors().stream()).toList();
  }
}
