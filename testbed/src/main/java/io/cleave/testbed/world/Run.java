package io.cleave.testbed.world;

import io.cleave.policies.control.Verdict;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** One run of a simulated world: takes event after event to whom it concerns. */
final class Run {
  static final int NOBODY = -1;

  private final Cast cast;
  private final Clock clock;
  private final TimerHeap timers;
  private final Frames frames;
  private final Party[] parties;
  private final Journey[] journeys; // [device]
  private final boolean[] busy; // [device]
  private final int[] deviceOf; // [link]
  private final int[] placeOf; // [link] among its device's
  private final Server[] servers;
  private final ControlSide control;
  private final Map<String, Integer> deviceByName = new HashMap<>();
  private final int[] touched; // devices that may be able to start a frame, the next one last
  private int touchedCount;
  private int busyCount;
  private long reportsOfServers;
  private long events;

  /**
   * @param sinks one for each device
   */
  Run(Cast cast, IntFunction<FrameSink> sinks) {
    this.cast = cast;
    this.clock = cast.clock();
    this.timers = clock.timers;
    this.frames = cast.frames();
    this.parties = cast.parties().toArray(Party[]::new);
    this.journeys = new Journey[parties.length];
    this.busy = new boolean[parties.length];
    this.touched = new int[parties.length + 1];
    this.servers = cast.servers();
    this.control = cast.control();
    int links = 0;
    for (Party party : parties) {
      links += party.remotes().length;
    }
    this.deviceOf = new int[links];
    this.placeOf = new int[links];
    int link = 0;
    for (int device = 0; device < parties.length; device++) {
      journeys[device] = new Journey(parties[device], parties[device].hearing(sinks.apply(device)));
      deviceByName.put(parties[device].scenario().device().name(), device);
      for (int place = 0; place < parties[device].remotes().length; place++) {
        deviceOf[link] = device;
        placeOf[link++] = place;
      }
    }
    for (int device = parties.length - 1; device >= 0; device--) {
      touched[touchedCount++] = device;
    }
    cast.begin();
  }

  RunTally toEnd() {
    for (int device = toNextFrame(); device != NOBODY; device = toNextFrame()) {
      startFrame(device);
    }
    return tally();
  }

  /** Goes on until a device could start a frame; which one, or {@link #NOBODY} at the end. */
  int toNextFrame() {
    while (true) {
      while (touchedCount > 0) {
        int device = touched[touchedCount - 1];
        if (parties[device].mayStart()) {
          return device;
        }
        touchedCount--;
        count(device);
      }
      if (busyCount == 0) {
        return NOBODY;
      }
      next();
    }
  }

  /** The frame starts for which {@link #toNextFrame} stopped. */
  void startFrame(int device) {
    parties[device].startFrame(journeys[device]);
  }

  private void next() {
    int timer = timers.next();
    double time = timers.time(timer);
    int device = deviceOf(timer);
    if (device != NOBODY) {
      parties[device].settle(time);
    }
    clock.goTo(time);
    events++;
    fire(timer, device);
    if (device != NOBODY) {
      touched[touchedCount++] = device;
    }
  }

  /** Whose device an event concerns. */
  private int deviceOf(int timer) {
    if (clock.isFrame(timer)) {
      return frames.owner[clock.owner(timer)];
    } else if (clock.isLink(timer)) {
      return deviceOf[clock.owner(timer)];
    } else if (clock.isDevice(timer)) {
      return clock.owner(timer);
    } else if (clock.isServer(timer)) {
      return deviceOf(servers[clock.owner(timer)], clock.kind(timer));
    }
    return NOBODY;
  }

  private int deviceOf(Server server, int kind) {
    return switch (kind) {
      case Clock.CPU -> frames.owner[server.processor().running()];
      case Clock.ACCESS -> frames.owner[server.access().running()];
      default -> NOBODY;
    };
  }

  private void count(int device) {
    boolean now = parties[device].isBusy();
    if (now != busy[device]) {
      busy[device] = now;
      busyCount += now ? 1 : -1;
    }
  }

  private void fire(int timer, int device) {
    if (clock.isFrame(timer)) {
      journeys[device].onTimer(clock.owner(timer), clock.kind(timer));
    } else if (clock.isLink(timer)) {
      fireLink(device, placeOf[clock.owner(timer)], clock.kind(timer));
    } else if (clock.isDevice(timer)) {
      fireDevice(device, clock.kind(timer));
    } else if (clock.isServer(timer)) {
      fireServer(clock.owner(timer), clock.kind(timer), device);
    } else if (timer == Clock.REPORT_IN) {
      control.onReport();
    } else if (timer == Clock.GONE_IN) {
      control.onGone();
    } else {
      Verdict.Decided decided = control.onDecision();
      parties[deviceByName.getOrDefault(decided.decision().agent(), NOBODY)].hear(decided);
    }
  }

  private void fireDevice(int device, int kind) {
    if (kind == Clock.DEVICE) {
      journeys[device].deviceDone();
    } else if (kind == Clock.DEVICE_REPORT) {
      reportDevice(device);
    }
  }

  /** What it knows, if it is there; or that it has gone. */
  private void reportDevice(int device) {
    Presence presence = parties[device].scenario().workload().presence();
    double next = presence.next(clock.now());
    if (presence.at(clock.now())) {
      control.send(parties[device].report());
      next = Math.min(next, clock.now() + cast.reporting().intervalSeconds());
    } else {
      control.sendGone(parties[device].scenario().device().name());
    }
    if (next < Double.POSITIVE_INFINITY) {
      timers.set(clock.ofDevice(device, Clock.DEVICE_REPORT), next);
    }
  }

  private void fireServer(int server, int kind, int device) {
    switch (kind) {
      case Clock.CPU -> journeys[device].serverDone(servers[server].processor().done());
      case Clock.ACCESS -> journeys[device].accessDone(servers[server].access().done());
      case Clock.SERVER_REPORT -> reportServer(server);
      default -> die(server);
    }
  }

  /** Connections break, and the broker tells the controller. */
  private void die(int server) {
    Server dead = servers[server];
    for (Party party : parties) {
      party.settle(clock.now());
    }
    dead.die();
    timers.clear(clock.ofServer(server, Clock.SERVER_REPORT));
    control.sendGone(cast.names().get(server));
    for (int slot = 0; slot < frames.slots(); slot++) {
      journeys[frames.owner[slot]].lost(slot, dead);
    }
    for (int device = parties.length - 1; device >= 0; device--) {
      for (Remote remote : parties[device].remotes()) {
        if (remote.server() == dead) {
          remote.up().cut();
          remote.down().cut();
        }
      }
      touched[touchedCount++] = device;
    }
  }

  private void fireLink(int device, int server, int kind) {
    switch (kind) {
      case Clock.UP -> upDone(device, server);
      case Clock.DOWN -> downDone(device, server);
      case Clock.TICK -> parties[device].agent().onTick(server);
      case Clock.PROBE -> parties[device].agent().onProbeTime(server);
      default -> parties[device].agent().onEcho(server);
    }
  }

  private void upDone(int device, int server) {
    Remote remote = parties[device].remotes()[server];
    double before = remote.watch().up().bitsPerSecond();
    int what = remote.up().done();
    parties[device].agent().sent(server, what, before);
    if (what != Pipe.PROBE) {
      journeys[device].crossed(what, remote.trip().seconds(clock.now()));
    }
  }

  private void downDone(int device, int server) {
    Remote remote = parties[device].remotes()[server];
    int what = remote.down().done();
    if (what != Pipe.PROBE) {
      journeys[device].crossed(what, remote.trip().seconds(clock.now()));
    }
  }

  private void reportServer(int server) {
    Server lives = servers[server];
    control.send(
        new Report(
            cast.names().get(server),
            new Stamp(1, reportsOfServers++),
            new LoadReport(
                lives.processor().queueSeconds(), lives.slowdown(), cast.memoryBytes(server)),
            List.of(),
            List.of(),
            0));
    timers.set(
        clock.ofServer(server, Clock.SERVER_REPORT),
        clock.now() + cast.reporting().intervalSeconds());
  }

  private RunTally tally() {
    RunTally.Sum sum = new RunTally.Sum();
    for (int device = 0; device < parties.length; device++) {
      sum.add(parties[device], journeys[device]);
    }
    List<Double> busySeconds =
        Arrays.stream(servers).map(each -> each.processor().busySeconds()).toList();
    return sum.tally(events, control.taken(), busySeconds);
  }
}
