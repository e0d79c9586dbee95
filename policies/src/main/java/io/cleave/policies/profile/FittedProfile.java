package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Predicts layer times by one linear model for each kind of layer, fitted by least squares to
 * layers that were measured on the machine; so it answers for networks that were not.
 *
 * <p>Source: Li et al., "Edge Intelligence: On-Demand Deep Learning Model Co-Inference with
 * Device-Edge Synergy" (Edgent), MECOMM 2018, arXiv 1806.07840: a regression for each type of layer
 * and each machine. Its inputs are taken from memory.
 *
 * <p>Complexity: a fit O(layers x inputs^2) for each kind, a prediction O(layers).
 *
 * <p>Assumes: a kind's time is linear in the inputs of {@link LayerInputs}.
 *
 * <p>Differs: (1) a convolution's inputs are its multiply-accumulates and its output, since a layer
 * here knows neither filter nor stride; (2) each layer's error counts relative to its time, for
 * times spread over four decades and plain squares would fit the largest layers only; (3) what a
 * line makes negative is 0; (4) no term for loading the model: networks stay loaded; (5) the start
 * of a run is the mean of the measured ones.
 *
 * @param lines coefficients by kind: a constant in seconds, then seconds for each unit of each
 *     input
 * @param startSeconds of each run, at least 0
 */
public record FittedProfile(Map<LayerKind, List<Double>> lines, double startSeconds)
    implements LayerProfile {
  /**
   * A network whose layers were measured.
   *
   * @param graph its layers
   * @param times what the machine needs for them
   */
  public record Measured(DnnGraph graph, LayerTimes times) {
    public Measured {
      times.checkFits(graph);
    }

    /** A network under a profile. */
    public static Measured of(DnnGraph graph, LayerProfile profile) {
      return new Measured(graph, profile.times(graph));
    }
  }

  public FittedProfile {
    lines = Map.copyOf(lines);
    if (!(startSeconds >= 0) || Double.isInfinite(startSeconds)) {
      throw new IllegalArgumentException(
          "A start must be finite and at least 0 s, not %s.".formatted(startSeconds));
    }
  }

  /**
   * Fits all kinds of layer of which there are more examples than coefficients; layers that take no
   * time are no examples.
   *
   * @throws IllegalArgumentException if nothing was measured
   */
  public static FittedProfile of(List<Measured> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("At least 1 measured network is needed for a fit, not 0.");
    }
    Map<LayerKind, List<LayerInputs.Example>> examples = LayerInputs.examples(measured);
    Map<LayerKind, List<Double>> lines = new EnumMap<>(LayerKind.class);
    examples.forEach(
        (kind, layers) -> {
          if (layers.size() > layers.get(0).inputs().size()) {
            lines.put(kind, leastSquares(layers));
          }
        });
    double start =
        measured.stream().mapToDouble(one -> one.times().startSeconds()).average().orElse(0);
    return new FittedProfile(lines, start);
  }

  @Override
  public LayerTimes times(DnnGraph graph) {
    double[] seconds =
        graph.layers().stream().mapToDouble(layer -> seconds(graph, layer)).toArray();
    return LayerTimes.of(seconds, startSeconds);
  }

  private double seconds(DnnGraph graph, Layer layer) {
    if (LayerInputs.isFree(layer.kind())) {
      return 0;
    }
    List<Double> line = lines.get(layer.kind());
    if (line == null) {
      throw new IllegalArgumentException(
          "%s has layers of kind %s, such as %s, but only %s were fitted. Maybe measure another network that has enough of them."
              .formatted(graph.name(), layer.kind(), layer.name(), lines.keySet()));
    }
    return Math.max(0, at(line, LayerInputs.of(graph, layer)));
  }

  private static double at(List<Double> line, List<Double> inputs) {
    double sum = 0;
    for (int i = 0; i < inputs.size(); i++) {
      sum += line.get(i) * inputs.get(i);
    }
    return sum;
  }

  /**
   * Coefficients of least relative error. Singular values, since the layers of a few networks may
   * all have inputs of one size; of several best lines it is the one of least slope.
   */
  private static List<Double> leastSquares(List<LayerInputs.Example> layers) {
    int inputs = layers.get(0).inputs().size();
    double[] scale = new double[inputs]; // to numbers of like size
    for (LayerInputs.Example layer : layers) {
      for (int i = 0; i < inputs; i++) {
        scale[i] = Math.max(scale[i], layer.inputs().get(i) / layer.seconds());
      }
    }
    double[][] rows = new double[layers.size()][inputs];
    double[] ones = new double[layers.size()];
    Arrays.fill(ones, 1);
    for (int row = 0; row < rows.length; row++) {
      LayerInputs.Example layer = layers.get(row);
      for (int i = 0; i < inputs; i++) {
        rows[row][i] = scale[i] == 0 ? 0 : layer.inputs().get(i) / layer.seconds() / scale[i];
      }
    }
    double[] solved =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false))
            .getSolver()
            .solve(new ArrayRealVector(ones, false))
            .toArray();
    List<Double> line = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      line.add(scale[i] == 0 ? 0 : solved[i] / scale[i]);
    }
    return line;
  }
}
