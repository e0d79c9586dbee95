package io.cleave.testbed.world;

import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.control.ProbeSchedule;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The device's agent: measures its links by what crosses them and by probes, looks every frame up
 * in the plan in force, and reports.
 */
final class DeviceAgent implements Counsel {
  private final Clock clock;
  private final Remote[] remotes;
  private final List<String> servers;
  private final PlanInForce inForce;
  private final int firstLink;
  private final Presence presence;
  private long sequence;
  private long adopted;
  private long switches;
  private long probes;
  private double rate;

  /**
   * @param servers names in the order of the remotes
   * @param firstLink number of the link to the first of them
   * @param presence when there is anybody to look
   */
  DeviceAgent(
      Clock clock,
      Remote[] remotes,
      List<String> servers,
      PlanInForce inForce,
      int firstLink,
      Presence presence) {
    this.clock = clock;
    this.remotes = remotes;
    this.servers = servers;
    this.inForce = inForce;
    this.firstLink = firstLink;
    this.presence = presence;
  }

  /** Arms the first probe of every link. */
  void begin() {
    for (int i = 0; i < remotes.length; i++) {
      clock.timers.set(clock.ofLink(firstLink + i, Clock.PROBE), clock.now());
    }
  }

  @Override
  public PlanTable.Entry choose(double arrivalSeconds) {
    int node = inForce.server();
    if (node == Stage.DEVICE) {
      rate = 0;
    } else {
      remotes[node - 1].up().observe();
      rate = remotes[node - 1].watch().up().bitsPerSecond();
    }
    return inForce.at(rate, clock.now());
  }

  @Override
  public double rate() {
    return rate;
  }

  /** Place of a server among those that this device has a link to, from 0. */
  int place(String server) {
    return servers.indexOf(server);
  }

  void adopt(Decision decision) {
    if (inForce.adopt(inOwnNumbers(decision))) {
      adopted++;
      switches += decision.grounds().reason().switches() ? 1 : 0;
    }
  }

  /** The site has servers that this device has no link to. */
  private Decision inOwnNumbers(Decision decision) {
    List<String> names = decision.servers();
    if (names.equals(servers)) {
      return decision;
    }
    int[] map = new int[names.size() + 1];
    for (int node = 1; node < map.length; node++) {
      int own = servers.indexOf(names.get(node - 1));
      map[node] = own < 0 ? -1 : own + 1;
    }
    return new Decision(
        decision.agent(),
        decision.version(),
        servers,
        decision.table().renumbered(map).orElseThrow(),
        decision.validUntil(),
        decision.grounds());
  }

  void onTick(int server) {
    Pipe up = remotes[server].up();
    boolean overdue =
        up.running() == Pipe.PROBE
            && clock.now() - up.startSeconds() >= ProbeSchedule.TIMEOUT_SECONDS;
    if (overdue) {
      up.abortProbe();
      remotes[server].watch().probes().lost(clock.now());
    }
    up.tick();
  }

  /** Probes the link if it has been idle for long enough, and sees to the next time. */
  void onProbeTime(int server) {
    Remote remote = remotes[server];
    if (remote.server().lost()) {
      return;
    }
    if (!presence.at(clock.now())) {
      clock.timers.set(clock.ofLink(firstLink + server, Clock.PROBE), presence.next(clock.now()));
      return;
    }
    LinkWatch watch = remote.watch();
    double due = watch.probes().dueSeconds();
    if (due <= clock.now() && remote.up().running() == Frames.NONE) {
      probes++;
      double estimate = watch.up().bitsPerSecond();
      remote.up().probe(watch.probes().bits(estimate), estimate);
    }
    double later = clock.now() + Pipe.TICK_SECONDS;
    clock.timers.set(clock.ofLink(firstLink + server, Clock.PROBE), Math.max(due, later));
  }

  /** A frame or a probe crossed the uplink. */
  void sent(int server, int what, double estimateBefore) {
    Remote remote = remotes[server];
    LinkWatch watch = remote.watch();
    double rtt = remote.trip().seconds(clock.now());
    watch.roundTrip(rtt);
    if (what == Pipe.PROBE) {
      watch.probes().answered(estimateBefore, watch.up().bitsPerSecond(), clock.now());
      clock.timers.set(clock.ofLink(firstLink + server, Clock.ECHO), clock.now() + rtt / 2);
    } else {
      watch.probes().traffic(clock.now());
    }
  }

  /** A probe reached the server, which sends as much back if the way is free. */
  void onEcho(int server) {
    Remote remote = remotes[server];
    if (remote.down().running() == Frames.NONE && !remote.server().lost()) {
      double estimate = remote.watch().down().bitsPerSecond();
      remote.down().probe(remote.watch().probes().bits(estimate), estimate);
    }
  }

  /** What the controller is told now. */
  Report report(String name, LoadReport load, List<RunReport> runs) {
    List<LinkReport> links = new ArrayList<>();
    for (int i = 0; i < remotes.length; i++) {
      if (!remotes[i].server().lost()) {
        remotes[i].up().observe();
        remotes[i].watch().report(servers.get(i)).ifPresent(links::add);
      }
    }
    return new Report(name, new Stamp(1, sequence++), load, links, runs, inForce.version());
  }

  long adopted() {
    return adopted;
  }

  long switches() {
    return switches;
  }

  long probes() {
    return probes;
  }
}
