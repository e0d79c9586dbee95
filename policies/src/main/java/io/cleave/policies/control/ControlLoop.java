package io.cleave.policies.control;

import io.cleave.policies.exits.LastExit;
import io.cleave.policies.front.WithinBounds;
import io.cleave.policies.memory.WithinMemory;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The brain of a site: reports in, decisions out. Each fresh report of a device becomes an
 * observation, the planner answers it with a table, and the switch rule says whether that replaces
 * the table in force; in either case the lease is renewed. No plan asks a machine for more memory
 * than it reports, and none breaks a bound that another would keep.
 *
 * <p>Deterministic: equal reports at equal times give equal decisions. Knows no clock, no thread
 * and no wire; owned by one thread. It does not catch: a planner that throws is the caller's to
 * survive, and the loop is then as it was before, but for the report.
 */
public final class ControlLoop {
  private final Terms terms;
  private final Fleet fleet = new Fleet();
  private final IdleTimes idle = new IdleTimes();
  private final Map<String, MachineTimes> machines = new HashMap<>();
  private final Map<String, MachineTimes> servers = new LinkedHashMap<>(); // in site order
  private final Map<String, Post> posts = new LinkedHashMap<>();
  private List<String> serverNames = List.of();
  private final Optional<Matchmaker> matchmaker;
  private Planner planner;

  /** A device as the loop keeps it. */
  private record Post(View view, Tenure tenure, Drift drift) {}

  /** A loop for a site from which nothing has been heard yet. */
  public ControlLoop(Site site, Planner planner, Terms terms) {
    this(planner, terms);
    site.servers().forEach(this::admit);
    site.devices().forEach(this::admit);
  }

  /** A loop for a site at which nobody is yet. */
  public ControlLoop(Planner planner, Terms terms) {
    this.planner = held(planner);
    this.terms = terms;
    this.matchmaker =
        terms.targeting().matcher().map(m -> new Matchmaker(terms.targeting(), m, terms));
  }

  /**
   * A server joins, or comes back with another profile. Its place among the servers, and so its
   * number in plans, stays until it is forgotten.
   */
  public void admit(Site.Server server) {
    MachineTimes times = machine(server.name(), server.profile());
    posts.values().forEach(post -> times.add(post.view().device().graph()));
    machines.put(server.name(), times);
    servers.put(server.name(), times);
    serverNames = List.copyOf(servers.keySet());
    matchmaker.ifPresent(site -> site.admit(server));
    fleet.admit(server.name());
  }

  /** A device joins, or comes back with another network or demand; its versions go on ascending. */
  public void admit(Site.Device device) {
    Post before = posts.get(device.name());
    long first = before == null ? terms.firstVersion() : before.tenure().version() + 1;
    MachineTimes times = machine(device.name(), device.profile());
    times.add(device.graph());
    servers.values().forEach(server -> server.add(device.graph()));
    machines.put(device.name(), times);
    View view = new View(device, times, servers);
    Tenure tenure = new Tenure(device, () -> serverNames, terms, first);
    posts.put(device.name(), new Post(view, tenure, new Drift()));
    fleet.admit(device.name());
  }

  /** An agent is known to be gone: nobody counts on it until it reports again. */
  public void depart(String agent) {
    fleet.depart(agent);
  }

  /** An agent will not come back: nothing of it is kept, and servers behind it move up. */
  public void forget(String agent) {
    int node = serverNames.indexOf(agent) + 1;
    if (node > 0) {
      posts.values().forEach(post -> post.tenure().forgetServer(node));
      servers.remove(agent);
      serverNames = List.copyOf(servers.keySet());
    }
    matchmaker.ifPresent(site -> site.forget(agent));
    posts.remove(agent);
    machines.remove(agent);
    fleet.forget(agent);
  }

  /**
   * The agent was given this version by an earlier controller; it gets only higher ones from now
   * on. Versions beyond 2^53, which nobody reaches by counting, are ignored.
   */
  public void raise(String agent, long version) {
    Post post = posts.get(agent);
    if (post != null) {
      post.tenure().raise(version);
    }
  }

  /** Decides by another planner from the next report on. */
  public void follow(Planner newPlanner) {
    planner = held(newPlanner);
  }

  /** To what the machines have and the devices demand. */
  private static Planner held(Planner planner) {
    return WithinBounds.around(WithinMemory.around(LastExit.around(planner)));
  }

  /** Takes a report; a device's fresh report is answered with a decision. */
  public Verdict onReport(Report report, Instant now) {
    Receipt receipt = fleet.accept(report, now);
    if (!receipt.accepted()) {
      return new Verdict.Dropped(receipt);
    }
    machine(report.agent()).learn(report);
    Post post = posts.get(report.agent());
    if (receipt == Receipt.LATE || post == null) {
      return new Verdict.Noted(receipt);
    }
    post.view().hear(report);
    post.drift().hear(report.frames());
    post.tenure().raise(report.planVersion());
    Optional<Reach> reach = reach(post, report, now);
    Decision decision =
        reach
            .map(seen -> decision(post, seen, report, now))
            .orElseGet(() -> nobody(post, report, now));
    boolean cautious = reach.isPresent() && planner(post) != planner;
    return decided(reach, cautious ? decision.because(post.drift().text()) : decision);
  }

  private Decision decision(Post post, Reach seen, Report report, Instant now) {
    return matchmaker
        .map(site -> placed(site, post, seen, report, now))
        .orElseGet(() -> weighed(post, seen, now));
  }

  private Decision weighed(Post post, Reach seen, Instant now) {
    Planner own = planner(post);
    return post.tenure().weigh(own.plan(seen.observation()), own, seen, now);
  }

  /** What was learned elsewhere is left aside where predictions fail. */
  private Planner planner(Post post) {
    return post.drift().drifting() ? planner.cautious() : planner;
  }

  private Decision nobody(Post post, Report report, Instant now) {
    double localSeconds = post.view().localSeconds(report);
    matchmaker.ifPresent(site -> site.alone(post.view().device(), localSeconds, now));
    return post.tenure().local(localSeconds, now);
  }

  /** The site says who helps, the planner how. */
  private Decision placed(Matchmaker site, Post post, Reach seen, Report report, Instant now) {
    Placement place = site.place(post.view().device(), seen, new Bidding(planner(post)), now);
    return place
        .there()
        .map(there -> post.tenure().place(there, place, now))
        .orElseGet(() -> post.tenure().alone(place, post.view().localSeconds(report), now));
  }

  /**
   * Decides without the planner, after it failed on this report: the table in force stays while its
   * server is in reach, else the plan is the local one.
   *
   * @param why as people read it
   * @throws IllegalArgumentException if the report is not of a device of the site
   */
  public Verdict.Decided withoutPlanner(Report report, String why, Instant now) {
    Post post = posts.get(report.agent());
    if (post == null) {
      throw new IllegalArgumentException(
          "There is no device %s at this site.".formatted(report.agent()));
    }
    Optional<Reach> reach = reach(post, report, now);
    double localSeconds = post.view().localSeconds(report);
    return decided(reach, post.tenure().keep(reach, localSeconds, why, now));
  }

  private Optional<Reach> reach(Post post, Report report, Instant now) {
    return post.view().reach(report, server -> fleet.heard(server, now, terms.maxReportAge()));
  }

  private static Verdict.Decided decided(Optional<Reach> reach, Decision decision) {
    Optional<Observation> seen = reach.map(Reach::observation);
    return new Verdict.Decided(decision, seen);
  }

  /** Who has been heard of, and what was dropped. */
  public Fleet fleet() {
    return fleet;
  }

  /**
   * What samples said of the stability of swap matching; none if it does not choose the servers.
   */
  public StabilityChecks.Counts stability() {
    return matchmaker.map(Matchmaker::checks).orElse(StabilityChecks.Counts.NONE);
  }

  /** How often the planner had to be kept from what it has learned. */
  public Guarded guarded() {
    return planner.guarded();
  }

  /** By how much a machine of the site turned out slower (above 1) or faster than its profile. */
  public double correction(String agent) {
    return machine(agent).factor();
  }

  /** The machine as it is known, calibration included, unless it is another one now. */
  private MachineTimes machine(String name, LayerProfile profile) {
    MachineTimes known = machines.get(name);
    return known != null && known.profile().equals(profile)
        ? known
        : new MachineTimes(profile, idle);
  }

  private MachineTimes machine(String agent) {
    MachineTimes machine = machines.get(agent);
    if (machine == null) {
      throw new IllegalArgumentException("There is no %s at this site.".formatted(agent));
    }
    return machine;
  }
}
