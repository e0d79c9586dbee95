package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import java.util.List;
import java.util.function.Supplier;

/** A device of a run with its links, its agent and its frames. */
final class Party {
  private final Position position;
  private final Scenario scenario;
  private final PlanBook book;
  private final DeviceCpu device;
  private final Remote[] remotes;
  private final DeviceAgent agent;
  private final Images images;
  private final ArrivalClock arrivals;
  private final ArrivalClock waiting; // runs ahead of arrivals: frames in, started or not
  private final int arrivalTimer;
  private Counsel counsel;
  private CompiledPlan last;
  private long planChanges;
  private double settledSeconds;

  /**
   * Where it plays.
   *
   * @param number of the device
   * @param firstLink number of its first link
   */
  record Position(Clock clock, Frames frames, int number, int firstLink) {}

  /**
   * What is its own.
   *
   * @param servers that it can reach, in its order
   * @param arrivals makes a clock of its frames; all tell the same times
   */
  record Means(
      PlanBook book,
      List<Server> servers,
      SwitchRule rule,
      long imageSeed,
      Supplier<ArrivalClock> arrivals) {
    Means {
      servers = List.copyOf(servers);
    }
  }

  Party(Scenario scenario, Position position, Means means) {
    this.scenario = scenario;
    this.position = position;
    this.book = means.book();
    this.device = new DeviceCpu(position.clock(), position.frames(), position.number());
    this.remotes = new Remote[scenario.servers().size()];
    for (int i = 0; i < remotes.length; i++) {
      remotes[i] = remote(i, means.servers().get(i));
    }
    List<String> names = scenario.servers().stream().map(each -> each.machine().name()).toList();
    this.agent =
        new DeviceAgent(
            position.clock(),
            remotes,
            names,
            inForce(means.rule()),
            position.firstLink(),
            scenario.workload().presence());
    this.counsel = agent;
    this.images = new Images(scenario.exits().map(ExitStudy::test), means.imageSeed());
    this.arrivals = means.arrivals().get();
    this.waiting = means.arrivals().get();
    this.arrivalTimer = position.clock().ofDevice(position.number(), Clock.ARRIVAL);
    this.last = book.local();
  }

  private Remote remote(int index, Server reached) {
    RemoteMachine server = scenario.servers().get(index);
    CallBytes calls = server.calls();
    LinkWatch watch = new LinkWatch();
    Pipe.Ends ends =
        new Pipe.Ends(position.clock(), position.frames(), scenario.device().power().radio());
    int link = position.firstLink() + index;
    return new Remote(
        new Pipe(ends, server.link().up(), watch.sending(), calls.upBits(), link, true),
        reached,
        new Pipe(ends, server.link().down(), watch.receiving(), calls.downBits(), link, false),
        watch,
        new Remote.Trip(server.link().roundTrip(), server.link().periodSeconds()));
  }

  private PlanInForce inForce(SwitchRule rule) {
    CompiledPlan local = book.local();
    PlanTable.Entry safe = new PlanTable.Entry(local.plan, local.nearSeconds, 0);
    return new PlanInForce(safe, rule, scenario.workload().demand().framesPerSecond());
  }

  /** From now on somebody else says how frames are run. */
  void follow(Counsel other) {
    counsel = other;
  }

  /** Takes its frames, as it hears of them itself. */
  FrameSink hearing(FrameSink sink) {
    return frame -> {
      counsel.answered(frame);
      sink.accept(frame);
    };
  }

  Clock clock() {
    return position.clock();
  }

  Frames frames() {
    return position.frames();
  }

  Scenario scenario() {
    return scenario;
  }

  PlanBook book() {
    return book;
  }

  DeviceCpu device() {
    return device;
  }

  Remote[] remotes() {
    return remotes;
  }

  DeviceAgent agent() {
    return agent;
  }

  Images images() {
    return images;
  }

  /** Frames that came in. */
  long count() {
    return arrivals.count();
  }

  /** Frames that ran under another cut or codec than the frame before. */
  long planChanges() {
    return planChanges;
  }

  /** True while frames come in or are under way. */
  boolean isBusy() {
    return frames().oldest(position.number()) != Frames.NONE
        || arrivals.seconds() < Double.POSITIVE_INFINITY;
  }

  /** Nothing happened here since it was asked last: if the board waited, the oldest frame pays. */
  void settle(double seconds) {
    int oldest = frames().oldest(position.number());
    if (device.isIdle() && oldest != Frames.NONE) {
      frames().idleSeconds[oldest] += seconds - settledSeconds;
    }
    settledSeconds = seconds;
  }

  /** The device begins older work, if there is any; true if it is free for a frame that is in. */
  boolean mayStart() {
    while (device.isIdle() && device.hasReady()) {
      device.begin();
    }
    if (!device.isIdle()) {
      return false;
    }
    if (arrivals.seconds() <= clock().now()) {
      return true;
    }
    if (arrivals.seconds() < Double.POSITIVE_INFINITY && !clock().timers.isSet(arrivalTimer)) {
      clock().timers.set(arrivalTimer, arrivals.seconds());
    }
    return false;
  }

  /** The controller has decided. */
  void hear(Verdict.Decided decided) {
    agent.adopt(decided.decision());
    counsel.heard(decided.seen());
  }

  /** The next frame begins. */
  void startFrame(Journey journey) {
    PlanTable.Entry entry = counsel.choose(arrivals.seconds());
    CompiledPlan plan = book.of(entry.plan());
    Frames frames = frames();
    int slot = frames.open(position.number());
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

  /** What the controller is told now. */
  Report report() {
    while (waiting.seconds() <= clock().now()) {
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
    LoadReport load = new LoadReport(queue, 1, scenario.device().memoryBytes());
    return agent.report(scenario.device().name(), load, runs);
  }
}
