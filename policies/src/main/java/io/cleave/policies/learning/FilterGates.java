package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A factor of 1 behind each filter, for each image: the loss's slope by it is the sum over the
 * filter's map of activation times gradient.
 */
final class FilterGates {
  private static final int AT_ONCE = 100;

  private final Map<String, NDArray> gates;

  /**
   * @param gates by the name of the kernel, images x filters x 1 x 1
   */
  private FilterGates(Map<String, NDArray> gates) {
    this.gates = gates;
  }

  /** None: nothing is changed. */
  static FilterGates none() {
    return new FilterGates(Map.of());
  }

  /** What a convolution made, through the gates behind it. */
  NDArray through(String kernel, NDArray made) {
    NDArray gate = gates.get(kernel);
    return gate == null ? made : made.mul(gate);
  }

  /** What the loss would change without each filter, to the first order; by convolution. */
  static Map<String, double[]> changes(TrainedNetwork trained, FilterCriterion.Shown shown) {
    List<FilterGroup> groups = trained.filters().all();
    Map<String, double[]> sums = new LinkedHashMap<>();
    groups.forEach(group -> sums.put(group.layer(), new double[group.filters()]));
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      TrainableNetwork network =
          new TrainableNetwork(trained.architecture(), manager, trained.weights());
      ImageBatches batches = new ImageBatches(shown.images());
      int count = shown.images().count();
      for (int from = 0; from < count; from += AT_ONCE) {
        try (NDManager scratch = manager.newSubManager()) {
          int to = Math.min(count, from + AT_ONCE);
          Map<String, NDArray> gates = gates(groups, to - from, scratch);
          NDArray images = batches.plain(scratch, from, to);
          NDArray labels = batches.labels(scratch, from, to);
          try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            List<NDArray> answers = network.forward(images, new FilterGates(gates));
            collector.backward(ExitLoss.of(answers, labels, shown.exitWeights()));
          }
          for (FilterGroup group : groups) {
            add(gates, group, Objects.requireNonNull(sums.get(group.layer())), to - from);
          }
        }
      }
    }
    return sums;
  }

  private static Map<String, NDArray> gates(
      List<FilterGroup> groups, int images, NDManager scratch) {
    Map<String, NDArray> gates = new LinkedHashMap<>();
    for (FilterGroup group : groups) {
      NDArray gate = scratch.ones(new Shape(images, group.filters(), 1, 1));
      gate.setRequiresGradient(true);
      gates.put(group.kernel(), gate);
    }
    return gates;
  }

  /** The loss is a mean over the batch; a map of another size would have another scale. */
  private static void add(
      Map<String, NDArray> gates, FilterGroup group, double[] sums, int images) {
    NDArray gate = Objects.requireNonNull(gates.get(group.kernel()));
    try (NDArray gradient = gate.getGradient()) {
      float[] slopes = gradient.toFloatArray();
      for (int i = 0; i < slopes.length; i++) {
        sums[i % group.filters()] += images * Math.abs((double) slopes[i]);
      }
    }
  }
}
