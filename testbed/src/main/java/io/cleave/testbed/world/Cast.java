package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.control.ControlLoop;
import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.control.Site;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Terms;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Builds all that plays a part in one run. */
final class Cast {
  private final Scenario scenario;
  private final Clock clock;
  private final PlanBook book;
  private final Frames frames;
  private final DeviceCpu device;
  private final Remote[] remotes;
  private final DeviceAgent agent;
  private final ControlSide control;
  private final Counsel counsel;
  private final boolean clairvoyant;
  private final SplittableRandom phases;
  private final Supplier<ArrivalClock> arrivals;
  private final Images images;

  /**
   * What chance decides, and when plans change.
   *
   * @param arrivals makes a clock of the run's frames from a seed of their own
   */
  private record Fate(SwitchRule rule, long seed, LongFunction<ArrivalClock> arrivals) {}

  Cast(Scenario scenario, PlannerFactory factory, SwitchRule rule, long seed) {
    this(
        scenario,
        factory,
        new Fate(rule, seed, frames -> ArrivalClock.of(scenario.workload(), frames)));
  }

  /** A run of frames that came in, and were planned, once before. */
  static Cast scripted(Scenario scenario, List<Scripted> frames, long seed) {
    return new Cast(
        scenario,
        PlannerFactory.clairvoyant(forecast -> following(frames)),
        new Fate(SwitchRule.none(), seed, any -> ArrivalClock.of(frames)));
  }

  /** The seed of a run's arrivals: drawn first, so that all planners meet the same frames. */
  static long arrivalSeed(long seed) {
    return new SplittableRandom(seed).nextLong();
  }

  private Cast(Scenario scenario, PlannerFactory factory, Fate fate) {
    SplittableRandom seeds = new SplittableRandom(fate.seed());
    long arrivalSeed = seeds.nextLong();
    this.arrivals = () -> fate.arrivals().apply(arrivalSeed);
    SwitchRule rule = fate.rule();
    long loadSeed = seeds.nextLong();
    this.phases = seeds.split();
    this.images = new Images(scenario.exits().map(ExitStudy::test), fate.seed());
    this.scenario = scenario;
    this.clock = new Clock(scenario.servers().size());
    this.book = new PlanBook(scenario);
    this.frames = new Frames(book.local());
    this.device = new DeviceCpu(clock, frames);
    this.remotes = new Remote[scenario.servers().size()];
    for (int i = 0; i < remotes.length; i++) {
      remotes[i] = remote(i, loadSeed);
    }
    TraceForecast forecast = new TraceForecast(clock, book, scenario, loads(loadSeed));
    Planner planner = factory.make(forecast);
    this.clairvoyant = factory.clairvoyant();
    List<String> names = scenario.servers().stream().map(each -> each.machine().name()).toList();
    this.agent = new DeviceAgent(clock, remotes, names, inForce(rule));
    this.control =
        new ControlSide(
            clock,
            new ControlLoop(site(), planner, terms(rule)),
            scenario.reporting().delaySeconds());
    this.counsel =
        clairvoyant ? new ClairvoyantCounsel(clock, book, planner, forecast, remotes) : agent;
  }

  /** A planner that is asked once a frame, in the order in which they start. */
  private static Planner following(List<Scripted> frames) {
    Iterator<Scripted> next = frames.iterator();
    return observation -> PlanTable.constant(new PlanTable.Entry(next.next().plan(), 0, 0));
  }

  Scenario scenario() {
    return scenario;
  }

  Clock clock() {
    return clock;
  }

  PlanBook book() {
    return book;
  }

  Frames frames() {
    return frames;
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

  ControlSide control() {
    return control;
  }

  Counsel counsel() {
    return counsel;
  }

  boolean clairvoyant() {
    return clairvoyant;
  }

  Images images() {
    return images;
  }

  /** A clock of the run's arrivals; each call gives one that tells the same times. */
  ArrivalClock arrivals() {
    return arrivals.get();
  }

  /** Every agent reports at the interval, each from a moment of its own. */
  void armReports() {
    double interval = scenario.reporting().intervalSeconds();
    clock.timers.set(Clock.DEVICE_REPORT, phases.nextDouble() * interval);
    for (int i = 0; i < remotes.length; i++) {
      clock.timers.set(clock.ofServer(i, Clock.SERVER_REPORT), phases.nextDouble() * interval);
    }
  }

  private Remote remote(int index, long loadSeed) {
    RemoteMachine server = scenario.servers().get(index);
    CallBytes calls = server.calls();
    LinkWatch watch = new LinkWatch();
    Pipe.Ends ends = new Pipe.Ends(clock, frames, scenario.device().power().radio());
    return new Remote(
        new Pipe(ends, server.link().up(), watch.sending(), calls.upBits(), index, true),
        new ServerCpu(clock, frames, load(index, loadSeed), clock.ofServer(index, Clock.CPU)),
        new Pipe(ends, server.link().down(), watch.receiving(), calls.downBits(), index, false),
        watch,
        new Remote.Trip(server.link().roundTrip(), server.link().periodSeconds()));
  }

  private ServerLoad load(int index, long loadSeed) {
    return new ServerLoad(scenario.servers().get(index).load(), loadSeed + index);
  }

  private ServerLoad[] loads(long loadSeed) {
    ServerLoad[] loads = new ServerLoad[remotes.length];
    for (int i = 0; i < loads.length; i++) {
      loads[i] = load(i, loadSeed);
    }
    return loads;
  }

  private PlanInForce inForce(SwitchRule rule) {
    CompiledPlan local = book.local();
    PlanTable.Entry safe = new PlanTable.Entry(local.plan, local.nearSeconds, 0);
    return new PlanInForce(safe, rule, scenario.workload().demand().framesPerSecond());
  }

  private Site site() {
    Machine device = scenario.device();
    return new Site(
        List.of(
            new Site.Device(
                device.name(),
                device.profile(),
                device.power(),
                scenario.graph(),
                scenario.workload().demand(),
                scenario.exits().map(ExitStudy::calibration))),
        scenario.servers().stream()
            .map(each -> new Site.Server(each.machine().name(), each.machine().profile()))
            .toList());
  }

  private Terms terms(SwitchRule rule) {
    Reporting reporting = scenario.reporting();
    double age = 3 * reporting.intervalSeconds() + reporting.delaySeconds();
    double lease = 10 * reporting.intervalSeconds() + 2 * reporting.delaySeconds();
    return new Terms(rule, duration(lease), duration(age), 1);
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
  }
}
