package io.cleave.policies.control;

import io.cleave.policies.plan.Planner;
import io.cleave.policies.wire.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The brain of a site: reports in, decisions out. Each fresh report of a device becomes an
 * observation, the planner answers it with a table, and the switch rule says whether that replaces
 * the table in force; in either case the lease is renewed.
 *
 * <p>Deterministic: equal reports at equal times give equal decisions. Knows no clock, no thread
 * and no wire; owned by one thread. It does not catch: a planner that throws is the caller's to
 * survive, and the loop is then as it was before, but for the report.
 */
public final class ControlLoop {
  private final Planner planner;
  private final Terms terms;
  private final Fleet fleet;
  private final Map<String, MachineTimes> machines = new LinkedHashMap<>();
  private final Map<String, Post> posts = new LinkedHashMap<>();

  /** A device as the loop keeps it. */
  private record Post(View view, Tenure tenure) {}

  /** A loop for a site from which nothing has been heard yet. */
  public ControlLoop(Site site, Planner planner, Terms terms) {
    this.planner = planner;
    this.terms = terms;
    List<String> servers = site.servers().stream().map(Site.Server::name).toList();
    for (Site.Server server : site.servers()) {
      machines.put(server.name(), new MachineTimes(server.profile()));
    }
    for (Site.Device device : site.devices()) {
      machines.put(device.name(), new MachineTimes(device.profile()));
      machine(device.name()).add(device.graph());
      servers.forEach(server -> machine(server).add(device.graph()));
      View view = new View(site, device, this::machine);
      posts.put(device.name(), new Post(view, new Tenure(device, servers, terms)));
    }
    this.fleet = new Fleet(new ArrayList<>(machines.keySet()));
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
    Optional<Reach> reach =
        post.view().reach(report, server -> fleet.heard(server, now, terms.maxReportAge()));
    return new Verdict.Decided(
        reach
            .map(seen -> post.tenure().weigh(planner.plan(seen.observation()), seen, now))
            .orElseGet(() -> post.tenure().local(post.view().localSeconds(report), now)));
  }

  /** Who has been heard of, and what was dropped. */
  public Fleet fleet() {
    return fleet;
  }

  /** By how much a machine of the site turned out slower (above 1) or faster than its profile. */
  public double correction(String agent) {
    return machine(agent).factor();
  }

  private MachineTimes machine(String agent) {
    MachineTimes machine = machines.get(agent);
    if (machine == null) {
      throw new IllegalArgumentException("There is no %s at this site.".formatted(agent));
    }
    return machine;
  }
}
