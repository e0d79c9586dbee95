package io.cleave.policies.learning;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** By what the filters of a trained network are ranked: what is worth least goes first. */
public enum FilterCriterion {
  /**
   * Mean over images of |sum of activation times gradient|, divided by the places of the map: how
   * much the loss would change if the filter's map were zero, to the first order. Source: Molchanov
   * et al., "Pruning convolutional neural networks for resource efficient inference", ICLR 2017,
   * equation 8 (as remembered). <b>Differs:</b> before the rectifier, where the product is the
   * same.
   */
  TAYLOR {
    @Override
    public Map<String, double[]> scores(TrainedNetwork network, Shown shown) {
      return FilterGates.changes(network, shown);
    }
  },

  /** Length of a filter's weights, the norm that a group lasso makes small. */
  NORM {
    @Override
    public Map<String, double[]> scores(TrainedNetwork network, Shown shown) {
      Map<String, float[]> weights = network.weights();
      Map<String, double[]> scores = new LinkedHashMap<>();
      for (FilterGroup group : network.filters().all()) {
        float[] kernel = Objects.requireNonNull(weights.get(group.kernel()));
        scores.put(group.layer(), norms(kernel, group.filters()));
      }
      return scores;
    }
  };

  /**
   * What ranking may look at.
   *
   * @param images of the training set, at least 1
   * @param exitWeights of each exit's loss
   */
  public record Shown(LabelledImages images, List<Double> exitWeights) {
    public Shown {
      exitWeights = List.copyOf(exitWeights);
      if (images.count() < 1) {
        throw new IllegalArgumentException("Filters are ranked by at least 1 image, not by none.");
      }
    }
  }

  /**
   * What each filter that can be pruned is worth, at least 0, by convolution; to be compared within
   * a convolution.
   */
  public abstract Map<String, double[]> scores(TrainedNetwork network, Shown shown);

  private static double[] norms(float[] kernel, int filters) {
    double[] norms = new double[filters];
    int each = kernel.length / filters;
    for (int i = 0; i < kernel.length; i++) {
      norms[i / each] += (double) kernel[i] * kernel[i];
    }
    for (int filter = 0; filter < filters; filter++) {
      norms[filter] = Math.sqrt(norms[filter]);
    }
    return norms;
  }
}
