package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Sample;
import io.cleave.traces.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One cell with real programs: starts them, watches the frames, stops them. */
final class LiveRun {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int LOOKS_A_STATUS = 7;

  /** Beyond the deadline, for frames that still come in at the end; a device alone needs less. */
  private static final double GRACE_SECONDS = 30;

  private final FleetPlan plan;
  private final Narrator narrator;
  private final Stop stop;
  private final Ground ground;
  private final FrameTail tail;
  private final List<String> servers;
  private final List<MeasuredFrame> frames = new ArrayList<>();
  private final Sample latencies = new Sample();

  /**
   * What came of it.
   *
   * @param frames in the order of their answers
   * @param startUnixSeconds when the trace began
   * @param seconds for which frames came in
   */
  record Outcome(List<MeasuredFrame> frames, double startUnixSeconds, double seconds) {}

  /**
   * @param ground that the programs run on; closed at the end
   */
  LiveRun(FleetPlan plan, Narrator narrator, Stop stop, Ground ground) {
    this.ground = ground;
    this.plan = plan;
    this.narrator = narrator;
    this.stop = stop;
    this.servers = plan.servers();
    this.tail =
        new FrameTail(
            plan.folders().framesFile(), new FramesFile(servers, plan.cell().network().graph()));
  }

  Outcome toEnd() {
    stop.check();
    double start;
    double seconds;
    try (Fleet fleet = new Fleet(plan, ground, narrator, stop)) {
      Instant begin = fleet.start();
      start = begin.getEpochSecond() + begin.getNano() * 1e-9;
      narrator.begin();
      narrator.say(
          "%s begins in %d s%s"
              .formatted(
                  plan.cell().trace().name(),
                  Math.max(0, Duration.between(Instant.now(), begin).toSeconds()),
                  plan.settings().openEnd() ? "; Ctrl-C ends it" : ""));
      seconds = watch(fleet, begin);
    }
    take(start); // what was answered while the device was going down
    return new Outcome(frames, start, seconds);
  }

  /** Until the end, or until somebody wants it. */
  private double watch(Fleet fleet, Instant begin) {
    double start = begin.getEpochSecond() + begin.getNano() * 1e-9;
    boolean open = plan.settings().openEnd();
    double arrivals = open ? Double.POSITIVE_INFINITY : plan.scenario().workload().seconds();
    double deadline = plan.scenario().workload().demand().deadlineSeconds();
    double last = arrivals + Math.min(deadline, GRACE_SECONDS) + GRACE_SECONDS;
    long expected = open ? Long.MAX_VALUE : plan.scenario().workload().frames(plan.cell().seed());
    int looks = 0;
    double now = 0;
    while (!stop.asked(LOOK) && frames.size() < expected && now < last) {
      fleet.check();
      now = Duration.between(begin, Instant.now()).toNanos() / 1e9;
      take(start);
      if (now >= 0 && looks++ % LOOKS_A_STATUS == 0) {
        narrator.status(now, frames.size(), latencies.mean(), up().rateAt(now));
      }
    }
    return Math.max(0, Math.min(now, arrivals));
  }

  private void take(double start) {
    for (MeasuredFrame frame : tail.next()) {
      frames.add(frame);
      latencies.add(frame.latencySeconds());
      double seconds = Math.max(0, frame.arrivalUnixSeconds() - start);
      narrator.frame(
          plan.cell(), servers, frame, new Narrator.Moment(seconds, up().rateAt(seconds)));
    }
  }

  private Capacity up() {
    return plan.cell().trace().up();
  }
}
