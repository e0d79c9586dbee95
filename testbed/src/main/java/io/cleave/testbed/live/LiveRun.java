package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One run with real programs: starts them, watches the frames, stops them. */
final class LiveRun {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int LOOKS_A_STATUS = 7;

  /** Beyond the deadline, for frames that still come in at the end; a device alone needs less. */
  private static final double GRACE_SECONDS = 30;

  private final FleetPlan plan;
  private final Narrator narrator;
  private final Stop stop;
  private final Ground ground;
  private final List<DeviceWatch> devices;
  private final Deque<Experiment.Loss> losses; // the next one first
  private final List<Experiment.Loss> lost = new ArrayList<>();
  private final Sample latencies = new Sample();

  /**
   * What came of it.
   *
   * @param frames of each device, by its name, in the order of their answers
   * @param decisions that were sent, in the order in which they were heard
   * @param losses of servers, when they happened
   * @param startUnixSeconds when the traces began
   * @param seconds for which frames came in
   */
  record Outcome(
      Map<String, List<MeasuredFrame>> frames,
      List<Ledger.Line> decisions,
      List<Experiment.Loss> losses,
      double startUnixSeconds,
      double seconds) {
    List<MeasuredFrame> framesOf(Resident device) {
      return frames.getOrDefault(device.name(), List.of());
    }
  }

  /**
   * @param ground that the programs run on; closed at the end
   */
  LiveRun(FleetPlan plan, Narrator narrator, Stop stop, Ground ground) {
    this.ground = ground;
    this.plan = plan;
    this.narrator = narrator;
    this.stop = stop;
    this.devices = plan.devices().stream().map(each -> new DeviceWatch(plan, each)).toList();
    this.losses =
        plan.losses().stream()
            .sorted(Comparator.comparingDouble(Experiment.Loss::atSeconds))
            .collect(Collectors.toCollection(ArrayDeque::new));
  }

  Outcome toEnd() {
    stop.check();
    double start;
    double seconds;
    List<Ledger.Line> decisions;
    try (Fleet fleet = new Fleet(plan, ground, narrator, stop)) {
      Instant begin = fleet.start();
      start = begin.getEpochSecond() + begin.getNano() * 1e-9;
      narrator.say(
          "%s begins in %d s%s"
              .formatted(
                  title(),
                  Math.max(0, Duration.between(Instant.now(), begin).toSeconds()),
                  plan.settings().openEnd() ? "; Ctrl-C ends it" : ""));
      seconds = watch(fleet, begin);
      decisions = fleet.decisions();
    }
    take(start); // what was answered while the devices were going down
    Map<String, List<MeasuredFrame>> frames =
        devices.stream()
            .collect(Collectors.toMap(each -> each.device().name(), DeviceWatch::frames));
    return new Outcome(frames, decisions, lost, start, seconds);
  }

  private String title() {
    return devices.size() > 1 ? plan.site() : plan.devices().get(0).ways().get(0).trace().name();
  }

  /** Until the end, or until somebody wants it. */
  private double watch(Fleet fleet, Instant begin) {
    double start = begin.getEpochSecond() + begin.getNano() * 1e-9;
    boolean open = plan.settings().openEnd();
    double arrivals = open ? Double.POSITIVE_INFINITY : most(d -> d.workload().seconds());
    double deadline = most(d -> d.workload().demand().deadlineSeconds());
    double last = arrivals + Math.min(deadline, GRACE_SECONDS) + GRACE_SECONDS;
    long expected =
        open ? Long.MAX_VALUE : plan.devices().stream().mapToLong(Resident::frames).sum();
    int looks = 0;
    double now = 0;
    while (!stop.asked(LOOK) && answered() < expected && now < last) {
      fleet.check();
      now = seconds(begin);
      lose(fleet, begin);
      take(start);
      if (now >= 0 && looks++ % LOOKS_A_STATUS == 0) {
        narrator.status(now, status(now));
      }
    }
    return Math.max(0, Math.min(now, arrivals));
  }

  private double most(ToDoubleFunction<Resident> figure) {
    return plan.devices().stream().mapToDouble(figure).max().orElseThrow();
  }

  private long answered() {
    return devices.stream().mapToLong(device -> device.frames().size()).sum();
  }

  private void lose(Fleet fleet, Instant begin) {
    double now = seconds(begin);
    while (!losses.isEmpty() && losses.element().atSeconds() <= now) {
      String server = losses.remove().server();
      narrator.say("%s  %s is killed".formatted(Narrator.time(now), server));
      lost.add(new Experiment.Loss(seconds(begin), server));
      fleet.kill(server);
    }
  }

  private static double seconds(Instant begin) {
    return Duration.between(begin, Instant.now()).toNanos() / 1e9;
  }

  private void take(double start) {
    for (DeviceWatch device : devices) {
      device.take(start, narrator).forEach(frame -> latencies.add(frame.latencySeconds()));
    }
  }

  private String status(double now) {
    String frames =
        "%d frames, %s ms on average".formatted(answered(), Fixed.text(1e3 * latencies.mean(), 0));
    double rate = plan.devices().get(0).ways().get(0).trace().up().rateAt(now);
    return devices.size() > 1
        ? frames
        : "%s; link %s Mbit/s".formatted(frames, Fixed.text(rate / 1e6, 1));
  }
}
