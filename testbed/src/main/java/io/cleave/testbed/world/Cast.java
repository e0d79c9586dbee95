package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.control.ControlLoop;
import io.cleave.policies.control.IdleTimes;
import io.cleave.policies.control.Site;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Terms;
import io.cleave.policies.front.WithinBounds;
import io.cleave.policies.learning.FrameBandit;
import io.cleave.policies.memory.WithinMemory;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Builds all that plays a part in one run. */
final class Cast {
  private final SiteScenario site;
  private final List<RemoteMachine> machines; // servers, each once
  private final List<String> names; // of the servers
  private final Clock clock;
  private final Frames frames;
  private final Server[] servers;
  private final List<Party> parties = new ArrayList<>();
  private final ControlSide control;
  private final boolean byFrame;
  private final List<Chance> chances = new ArrayList<>(); // [device]
  private final IdleTimes idle = new IdleTimes();

  /**
   * What chance decides, and when plans change.
   *
   * @param arrivals makes a clock of a device's frames from a seed of their own
   */
  private record Fate(Control control, long seed, Arriving arrivals) {
    SwitchRule rule() {
      return control.rule();
    }
  }

  /** Makes the clocks of a device's frames. */
  private interface Arriving {
    LongFunction<ArrivalClock> of(Scenario device);
  }

  /** Seeds of one device, drawn in this order. */
  private record Chance(long seed, long arrivals, long loads, SplittableRandom phases) {
    static Chance of(long seed) {
      SplittableRandom seeds = new SplittableRandom(seed);
      return new Chance(seed, seeds.nextLong(), seeds.nextLong(), seeds.split());
    }
  }

  Cast(SiteScenario site, PlannerFactory factory, Control control, long seed) {
    this(
        site,
        factory,
        new Fate(control, seed, device -> frames -> ArrivalClock.of(device.workload(), frames)));
  }

  /** A run of frames that came in, and were planned, once before. */
  static Cast scripted(Scenario scenario, List<Scripted> frames, long seed) {
    return new Cast(
        new SiteScenario(List.of(scenario)),
        PlannerFactory.clairvoyant(forecast -> following(frames)),
        new Fate(Control.none(), seed, device -> any -> ArrivalClock.of(frames)));
  }

  /** The seed of a run's arrivals: drawn first, so that all planners meet the same frames. */
  static long arrivalSeed(long seed) {
    return Chance.of(seed).arrivals();
  }

  private Cast(SiteScenario site, PlannerFactory factory, Fate fate) {
    this.site = site;
    this.machines = site.servers();
    this.names = machines.stream().map(each -> each.machine().name()).toList();
    int links = site.devices().stream().mapToInt(device -> device.servers().size()).sum();
    this.clock = new Clock(machines.size(), site.devices().size(), links);
    for (int device = 0; device < site.devices().size(); device++) {
      chances.add(Chance.of(SiteScenario.seed(fate.seed(), device)));
    }
    List<PlanBook> books =
        site.devices().stream().map(device -> new PlanBook(device, idle)).toList();
    this.frames = new Frames(books.get(0).local(), books.size());
    this.servers = new Server[machines.size()];
    for (int i = 0; i < servers.length; i++) {
      double access = machines.get(i).capacity().accessBitsPerSecond();
      servers[i] = new Server(clock, frames, load(i), access, i);
    }
    int link = 0;
    for (int device = 0; device < books.size(); device++) {
      parties.add(party(device, link, books.get(device), fate));
      link += site.devices().get(device).servers().size();
    }
    this.byFrame = factory.byFrame();
    List<Bookings> bookings = bookings();
    List<TraceForecast> forecasts = parties.stream().map(p -> forecast(p, bookings)).toList();
    this.control =
        new ControlSide(
            clock,
            new ControlLoop(site(), factory.make(forecasts.get(0)), terms(fate.control())),
            site.reporting().delaySeconds());
    if (byFrame) {
      for (int device = 0; device < parties.size(); device++) {
        follow(parties.get(device), factory, forecasts.get(device));
      }
    }
  }

  private Party party(int device, int firstLink, PlanBook book, Fate fate) {
    Scenario scenario = site.devices().get(device);
    List<Server> reached =
        scenario.servers().stream()
            .map(server -> servers[names.indexOf(server.machine().name())])
            .toList();
    Chance chance = chances.get(device);
    return new Party(
        scenario,
        new Party.Position(clock, frames, device, firstLink),
        new Party.Means(
            book,
            reached,
            fate.rule(),
            chance.seed(),
            () -> fate.arrivals().of(scenario).apply(chance.arrivals())));
  }

  private List<Bookings> bookings() {
    List<Bookings> bookings = new ArrayList<>();
    for (int i = 0; i < machines.size(); i++) {
      bookings.add(new Bookings(load(i)));
    }
    return bookings;
  }

  private TraceForecast forecast(Party party, List<Bookings> bookings) {
    Scenario device = party.scenario();
    List<Bookings> reached =
        device.servers().stream()
            .map(server -> bookings.get(names.indexOf(server.machine().name())))
            .toList();
    return new TraceForecast(clock, party.book(), device, reached);
  }

  private void follow(Party party, PlannerFactory factory, TraceForecast forecast) {
    Planner planner = factory.make(forecast);
    Planner held = WithinBounds.around(WithinMemory.around(planner));
    party.follow(
        planner instanceof FrameBandit bandit
            ? new BanditCounsel(clock, party.book(), held, bandit)
            : new ClairvoyantCounsel(clock, party.book(), held, forecast, party.remotes()));
  }

  /** A planner that is asked once a frame, in the order in which they start. */
  private static Planner following(List<Scripted> frames) {
    Iterator<Scripted> next = frames.iterator();
    return observation -> PlanTable.constant(new PlanTable.Entry(next.next().plan(), 0, 0));
  }

  Clock clock() {
    return clock;
  }

  Frames frames() {
    return frames;
  }

  Reporting reporting() {
    return site.reporting();
  }

  List<Party> parties() {
    return parties;
  }

  Server[] servers() {
    return servers;
  }

  /** Names of the servers. */
  List<String> names() {
    return names;
  }

  /** That one plan may take on a server. */
  long memoryBytes(int server) {
    return machines.get(server).machine().memoryBytes();
  }

  ControlSide control() {
    return control;
  }

  /** Every agent reports at the interval, each from a moment of its own; links are probed. */
  void begin() {
    if (byFrame) {
      return;
    }
    double interval = site.reporting().intervalSeconds();
    for (int device = 0; device < parties.size(); device++) {
      parties.get(device).agent().begin();
      double phase = chances.get(device).phases().nextDouble();
      clock.timers.set(clock.ofDevice(device, Clock.DEVICE_REPORT), phase * interval);
    }
    for (int i = 0; i < servers.length; i++) {
      double phase = chances.get(0).phases().nextDouble();
      clock.timers.set(clock.ofServer(i, Clock.SERVER_REPORT), phase * interval);
      double end = site.losses().getOrDefault(names.get(i), Double.POSITIVE_INFINITY);
      if (end < Double.POSITIVE_INFINITY) {
        clock.timers.set(clock.ofServer(i, Clock.LOSS), end);
      }
    }
  }

  private ServerLoad load(int server) {
    return new ServerLoad(machines.get(server).load(), chances.get(0).loads() + server);
  }

  private Site site() {
    return new Site(
        site.devices().stream().map(Cast::device).toList(),
        machines.stream()
            .map(
                each ->
                    new Site.Server(
                        each.machine().name(), each.machine().profile(), each.capacity()))
            .toList());
  }

  private static Site.Device device(Scenario scenario) {
    Machine device = scenario.device();
    return new Site.Device(
        device.name(),
        device.profile(),
        device.power(),
        scenario.graph(),
        scenario.workload().demand(),
        scenario.exits().map(ExitStudy::calibration));
  }

  private Terms terms(Control control) {
    Reporting reporting = site.reporting();
    double age = 3 * reporting.intervalSeconds() + reporting.delaySeconds();
    double lease = 10 * reporting.intervalSeconds() + 2 * reporting.delaySeconds();
    return new Terms(control.rule(), duration(lease), duration(age), 1).with(control.targeting());
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
  }
}
