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
 * @param worstSeconds largest of |predicted - measured|
 */
public record Fit(int segments, double medianError, double worstSeconds) {
  /** All zero if nothing was held out. */
  public static Fit of(MeasuredProfile profile, DnnGraph graph) {
    LayerTimes times = profile.times(graph);
    List<Segment> heldOut = profile.heldOut(graph);
    double[] errors = new double[heldOut.size()];
    double worst = 0;
    for (int i = 0; i < errors.length; i++) {
      Segment run = heldOut.get(i);
      double predicted = times.run(LayerSet.range(run.first(), run.last() + 1));
      errors[i] = Math.abs(predicted / run.seconds() - 1);
      worst = Math.max(worst, Math.abs(predicted - run.seconds()));
    }
    Arrays.sort(errors);
    return errors.length == 0
        ? new Fit(0, 0, 0)
        : new Fit(errors.length, errors[errors.length / 2], worst);
  }
}
