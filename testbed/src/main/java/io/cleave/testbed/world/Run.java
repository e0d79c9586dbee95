package io.cleave.testbed.world;

import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import java.util.List;

/** One run of a simulated world: takes event after event to whom it concerns. */
final class Run {
  private final Scenario scenario;
  private final Clock clock;
  private final TimerHeap timers;
  private final PlanBook book;
  private final Frames frames;
  private final DeviceCpu device;
  private final Remote[] remotes;
  private final DeviceAgent agent;
  private final ControlSide control;
  private final Counsel counsel;
  private final Journey journey;
  private final Images images;
  private final ArrivalClock arrivals;
  private final ArrivalClock waiting; // runs ahead of arrivals: frames in, started or not
  private CompiledPlan last;
  private long reportsOfServers;
  private long planChanges;
  private long events;

  Run(Cast cast, FrameSink sink) {
    this.scenario = cast.scenario();
    this.clock = cast.clock();
    this.timers = clock.timers;
    this.book = cast.book();
    this.frames = cast.frames();
    this.device = cast.device();
    this.remotes = cast.remotes();
    this.agent = cast.agent();
    this.control = cast.control();
    this.counsel = cast.counsel();
    this.arrivals = cast.arrivals();
    this.waiting = cast.arrivals();
    this.images = cast.images();
    this.journey = new Journey(cast, sink);
    this.last = book.local();
    if (!cast.clairvoyant()) {
      agent.begin();
      cast.armReports();
    }
  }

  RunTally toEnd() {
    startFrames();
    while (frames.oldest() != Frames.NONE || arrivals.seconds() < Double.POSITIVE_INFINITY) {
      int timer = timers.next();
      double time = timers.time(timer);
      if (device.isIdle() && frames.oldest() != Frames.NONE) {
        // Nobody else lets the board wait: the oldest frame pays for it.
        frames.idleSeconds[frames.oldest()] += time - clock.now();
      }
      clock.goTo(time);
      events++;
      fire(timer);
      startFrames();
    }
    return tally();
  }

  double now() {
    return clock.now();
  }

  LinkWatch watch(int server) {
    return remotes[server].watch();
  }

  private void fire(int timer) {
    if (clock.isFrame(timer)) {
      journey.onTimer(clock.slot(timer), clock.kind(timer));
    } else if (clock.isServer(timer)) {
      fireServer(clock.server(timer), clock.kind(timer));
    } else if (timer == Clock.DEVICE) {
      journey.deviceDone();
    } else if (timer == Clock.DEVICE_REPORT) {
      reportDevice();
    } else if (timer == Clock.REPORT_IN) {
      control.onReport();
    } else if (timer == Clock.DECISION_IN) {
      agent.adopt(control.onDecision());
    }
  }

  private void fireServer(int server, int kind) {
    switch (kind) {
      case Clock.UP -> upDone(server);
      case Clock.CPU -> journey.serverDone(remotes[server].cpu().done());
      case Clock.DOWN -> downDone(server);
      case Clock.TICK -> agent.onTick(server);
      case Clock.PROBE -> agent.onProbeTime(server);
      case Clock.ECHO -> agent.onEcho(server);
      default -> reportServer(server);
    }
  }

  private void upDone(int server) {
    Remote remote = remotes[server];
    double before = remote.watch().up().bitsPerSecond();
    int what = remote.up().done();
    agent.sent(server, what, before);
    if (what != Pipe.PROBE) {
      journey.crossed(what, remote.trip().seconds(clock.now()));
    }
  }

  private void downDone(int server) {
    Remote remote = remotes[server];
    int what = remote.down().done();
    if (what != Pipe.PROBE) {
      journey.crossed(what, remote.trip().seconds(clock.now()));
    }
  }

  /** The device begins what it can: older work first, then the next frame. */
  private void startFrames() {
    while (device.isIdle()) {
      if (device.hasReady()) {
        device.begin();
      } else if (arrivals.seconds() <= clock.now()) {
        startFrame();
      } else {
        if (arrivals.seconds() < Double.POSITIVE_INFINITY && !timers.isSet(Clock.ARRIVAL)) {
          timers.set(Clock.ARRIVAL, arrivals.seconds());
        }
        return;
      }
    }
  }

  private void startFrame() {
    PlanTable.Entry entry = counsel.choose(arrivals.seconds());
    CompiledPlan plan = book.of(entry.plan());
    int slot = frames.open();
    frames.number[slot] = arrivals.number();
    frames.arrival[slot] = arrivals.seconds();
    images.draw(frames, slot, plan);
    frames.promised[slot] = counsel.rate();
    double hedged = plan.nearSeconds + plan.hedgeDelay + plan.restSeconds;
    frames.predicted[slot] = Math.min(hedged, entry.secondsAt(1 / counsel.rate()));
    planChanges += plan.sameWay(last) ? 0 : 1;
    last = plan;
    arrivals.advance();
    journey.start(slot);
  }

  private void reportDevice() {
    while (waiting.seconds() <= clock.now()) {
      waiting.advance();
    }
    double each = Math.max(last.nearSeconds, 0);
    double queue = device.queueSeconds() + (waiting.count() - arrivals.count()) * each;
    List<RunReport> runs =
        last.firstSeconds > 0
            ? List.of(
                new RunReport(
                    scenario.graph().name(), last.plan.stages().get(0).layers(), last.firstSeconds))
            : List.of();
    control.send(agent.report(scenario.device().name(), new LoadReport(queue, 1), runs));
    timers.set(Clock.DEVICE_REPORT, clock.now() + scenario.reporting().intervalSeconds());
  }

  private void reportServer(int server) {
    ServerCpu cpu = remotes[server].cpu();
    control.send(
        new Report(
            scenario.servers().get(server).machine().name(),
            new Stamp(1, reportsOfServers++),
            new LoadReport(cpu.queueSeconds(), cpu.slowdown()),
            List.of(),
            List.of(),
            0));
    timers.set(
        clock.ofServer(server, Clock.SERVER_REPORT),
        clock.now() + scenario.reporting().intervalSeconds());
  }

  private RunTally tally() {
    double up = 0;
    double down = 0;
    double probeBits = 0;
    double joules = 0;
    long rejected = 0;
    for (Remote remote : remotes) {
      up += remote.up().frameBits();
      down += remote.down().frameBits();
      probeBits += remote.up().probeBits() + remote.down().probeBits();
      joules += remote.up().probeJoules() + remote.down().probeJoules();
      rejected += remote.watch().up().rejected() + remote.watch().down().rejected();
    }
    return new RunTally(
        arrivals.count(),
        events,
        new RunTally.Control(control.taken(), agent.adopted(), agent.switches(), planChanges),
        new RunTally.Traffic(up, down, agent.probes(), probeBits, joules),
        journey.rest(rejected));
  }
}
