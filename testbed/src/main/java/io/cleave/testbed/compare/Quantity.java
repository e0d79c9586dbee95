package io.cleave.testbed.compare;

import io.cleave.policies.plan.Stage;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.world.FrameRecord;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is said of a run as a whole, in the real and the simulated world alike. */
@SuppressWarnings("ImmutableEnumChecker") // the functions here hold no state
public enum Quantity {
  MEAN_LATENCY("mean_latency_ms", 3, frames -> latencies(frames).mean()),
  P95_LATENCY("p95_latency_ms", 3, frames -> latencies(frames).percentile(0.95)),
  UPLINK("uplink_bytes_per_frame", 1, frames -> mean(frames, f -> f.outcome().uplinkBits() / 8)),
  ENERGY("energy_j_per_frame", 5, frames -> mean(frames, f -> f.outcome().joules())),
  OFFLOADED("offloaded_percent", 2, frames -> mean(frames, f -> f.plan().isLocal() ? 0 : 100)),
  HEDGE_WON("hedge_won_percent", 2, frames -> mean(frames, f -> f.outcome().hedgeWon() ? 100 : 0)),
  SWITCHES("plan_switches", 0, Quantity::switches),
  /** Frames that were answered rightly; no number if that is not known of all. */
  RIGHT("right_percent", 2, frames -> meanAnswer(frames, answer -> answer.right() ? 100 : 0)),
  /** Where frames left, 1 for the first exit; no number if the network has none. */
  MEAN_EXIT("mean_exit", 3, frames -> meanAnswer(frames, FrameRecord.Answered::exit));

  private final String column;
  private final int decimals;
  private final ToDoubleFunction<List<FrameRecord>> value;

  Quantity(String column, int decimals, ToDoubleFunction<List<FrameRecord>> value) {
    this.column = column;
    this.decimals = decimals;
    this.value = value;
  }

  String column() {
    return column;
  }

  int decimals() {
    return decimals;
  }

  /**
   * @param frames in the order of their numbers, at least one
   */
  double of(List<FrameRecord> frames) {
    return value.applyAsDouble(frames);
  }

  private static Sample latencies(List<FrameRecord> frames) {
    Sample sample = new Sample();
    frames.forEach(frame -> sample.add(1e3 * frame.latencySeconds()));
    return sample;
  }

  private static double mean(List<FrameRecord> frames, ToDoubleFunction<FrameRecord> value) {
    return frames.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static double meanAnswer(
      List<FrameRecord> frames, ToDoubleFunction<FrameRecord.Answered> value) {
    return mean(frames, frame -> frame.answered().map(value::applyAsDouble).orElse(Double.NaN));
  }

  private static double switches(List<FrameRecord> frames) {
    int switches = 0;
    for (int i = 1; i < frames.size(); i++) {
      List<Stage> before = frames.get(i - 1).plan().stages();
      switches += frames.get(i).plan().stages().equals(before) ? 0 : 1;
    }
    return switches;
  }
}
