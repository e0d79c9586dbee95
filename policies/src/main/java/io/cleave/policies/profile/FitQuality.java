package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well a profile predicts measured layers of one kind.
 *
 * @param kind of the layers
 * @param layers how many
 * @param determination R^2, 1 less the squared errors over the squared deviations from the mean; at
 *     most 1, negative if the mean would have been the better guess
 * @param meanError mean of the errors relative to the measured times; 0.1 is ten per cent
 */
public record FitQuality(LayerKind kind, int layers, double determination, double meanError) {
  /**
   * One figure for each kind of layer that takes time in networks measured.
   *
   * @param measured better not those that the profile was fitted to
   */
  public static List<FitQuality> of(LayerProfile profile, List<FittedProfile.Measured> measured) {
    Map<LayerKind, List<double[]>> pairs = new EnumMap<>(LayerKind.class); // measured, predicted
    for (FittedProfile.Measured one : measured) {
      DnnGraph graph = one.graph();
      LayerTimes predicted = profile.times(graph);
      for (int i = 0; i < graph.size(); i++) {
        if (one.times().layer(i) > 0) {
          pairs
              .computeIfAbsent(graph.layer(i).kind(), kind -> new ArrayList<>())
              .add(new double[] {one.times().layer(i), predicted.layer(i)});
        }
      }
    }
    List<FitQuality> qualities = new ArrayList<>();
    pairs.forEach((kind, layers) -> qualities.add(of(kind, layers)));
    return qualities;
  }

  private static FitQuality of(LayerKind kind, List<double[]> pairs) {
    double mean = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
    double errors = 0;
    double deviations = 0;
    double relative = 0;
    for (double[] pair : pairs) {
      errors += (pair[1] - pair[0]) * (pair[1] - pair[0]);
      deviations += (pair[0] - mean) * (pair[0] - mean);
      relative += Math.abs(pair[1] - pair[0]) / pair[0];
    }
    double determination = errors == 0 ? 1 : 1 - errors / deviations; // -infinity for one layer
    return new FitQuality(kind, pairs.size(), determination, relative / pairs.size());
  }
}
