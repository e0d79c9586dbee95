package io.cleave.testbed.measure;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.policies.profile.MeasuredProfile.Segment;
import java.util.Arrays;
import java.util.List;

/**
 * How well a profile predicts runs that it was not made of: sums of layer times against measured
 * middles of the network.
 *
 * @param segments compared
 * @param medianError median of |predicted / measured - 1|
 * @param worstError largest of the same
 */
public record Fit(int segments, double medianError, double worstError) {
  /** All zero if nothing was held out. */
  public static Fit of(MeasuredProfile profile, DnnGraph graph) {
    LayerTimes times = profile.times(graph);
    List<Segment> heldOut = profile.heldOut(graph);
    double[] errors =
        heldOut.stream()
            .mapToDouble(
                s -> Math.abs(times.run(LayerSet.range(s.first(), s.last() + 1)) / s.seconds() - 1))
            .toArray();
    Arrays.sort(errors);
    return errors.length == 0
        ? new Fit(0, 0, 0)
        : new Fit(errors.length, errors[errors.length / 2], errors[errors.length - 1]);
  }
}
