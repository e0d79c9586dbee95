package io.cleave.testbed.learn;

import io.cleave.policies.plan.Plan;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a planner came to in one run. Owned by the thread that runs it. */
final class Score {
  private final Sample seconds = new Sample();
  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private double joules;
  private long missed;
  private long answered; // of networks with exits
  private long right;
  private long switches;

  /** What a plan does, roughly. */
  enum Kind {
    LOCAL,
    SPLIT,
    SPLIT_HEDGED,
    REMOTE,
    REMOTE_HEDGED;

    static Kind of(Plan plan) {
      if (plan.isLocal()) {
        return LOCAL;
      }
      boolean whole = plan.near().size() == 1;
      boolean hedged = plan.hedge().armed();
      return whole ? (hedged ? REMOTE_HEDGED : REMOTE) : hedged ? SPLIT_HEDGED : SPLIT;
    }
  }

  /** Takes a device's frames. */
  FrameSink sink(Scenario device) {
    return new Device(device.workload().demand().deadlineSeconds());
  }

  private final class Device implements FrameSink {
    private final double deadlineSeconds;
    private Optional<Plan> last = Optional.empty();

    Device(double deadlineSeconds) {
      this.deadlineSeconds = deadlineSeconds;
    }

    @Override
    public void accept(FrameRecord frame) {
      seconds.add(frame.latencySeconds());
      joules += frame.outcome().joules();
      missed += frame.latencySeconds() > deadlineSeconds ? 1 : 0;
      answered += frame.answered().isPresent() ? 1 : 0;
      right += frame.answered().map(FrameRecord.Answered::right).orElse(false) ? 1 : 0;
      kinds.merge(Kind.of(frame.plan()), 1L, Long::sum);
      boolean same = last.map(plan -> plan.stages().equals(frame.plan().stages())).orElse(true);
      switches += same ? 0 : 1;
      last = Optional.of(frame.plan());
    }
  }

  double meanSeconds() {
    return seconds.mean();
  }

  double p95Seconds() {
    return seconds.percentile(0.95);
  }

  double missedShare() {
    return (double) missed / seconds.size();
  }

  /** NaN for a network without exits, whose answers nobody knows. */
  double rightShare() {
    return (double) right / answered;
  }

  double joulesPerFrame() {
    return joules / seconds.size();
  }

  double switchesPerHundred() {
    return 100.0 * switches / seconds.size();
  }

  /** How many frames ran under each kind of plan. */
  Map<Kind, Long> kinds() {
    return kinds;
  }
}
