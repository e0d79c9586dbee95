package io.cleave.testbed.compare;

import io.cleave.testbed.experiment.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What foretells a frame's latency. */
@SuppressWarnings("ImmutableEnumChecker") // the functions here hold no state
public enum Prediction {
  /** The plan that the frame ran under, when it started. */
  PROMISED(pair -> pair.measured().outcome().predictedSeconds()),
  /** The simulated run of the experiment. */
  SIMULATED(pair -> pair.simulated().latencySeconds()),
  /** The same with machines as fast as they were measured. */
  CALIBRATED(pair -> pair.calibrated().latencySeconds()),
  /** The same with the starts and plans of the real run: the error of the model alone. */
  REPRICED(pair -> pair.repriced().latencySeconds());

  private final ToDoubleFunction<FramePair> seconds;

  Prediction(ToDoubleFunction<FramePair> seconds) {
    this.seconds = seconds;
  }

  /** Part of column names. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  double seconds(FramePair pair) {
    return seconds.applyAsDouble(pair);
  }

  /** Absolute error of each frame's latency in per cent of what was measured. */
  Sample errorsPercent(List<FramePair> pairs) {
    Sample errors = new Sample();
    for (FramePair pair : pairs) {
      double measured = pair.measured().latencySeconds();
      errors.add(100 * Math.abs(seconds(pair) - measured) / measured);
    }
    return errors;
  }
}
