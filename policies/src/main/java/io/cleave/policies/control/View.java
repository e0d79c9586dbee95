package io.cleave.policies.control;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes one device's reports into what a planner sees. */
final class View {
  private final Site.Device device;
  private final MachineTimes self;
  private final Map<String, MachineTimes> servers; // in site order; grows as servers join
  private final PastRates past = new PastRates();

  View(Site.Device device, MachineTimes self, Map<String, MachineTimes> servers) {
    this.device = device;
    this.self = self;
    this.servers = servers;
  }

  Site.Device device() {
    return device;
  }

  /** A fresh report came in, which is the one that is looked at next. */
  void hear(Report report) {
    past.hear(report);
  }

  /** Empty if no server is both heard of and at the end of a measured link. */
  Optional<Reach> reach(Report report, Function<String, Optional<Report>> heard) {
    List<ServerState> states = new ArrayList<>();
    List<Integer> siteNodes = new ArrayList<>();
    int site = 0;
    for (Map.Entry<String, MachineTimes> server : servers.entrySet()) {
      site++;
      Optional<LinkReport> link = linkTo(server.getKey(), report);
      Optional<Report> said = link.flatMap(any -> heard.apply(server.getKey()));
      if (link.isPresent() && said.isPresent()) {
        LoadReport load = said.get().load();
        NodeState node = node(server.getKey(), server.getValue(), load);
        LinkState state = link.get().state().withPast(past.before(server.getKey()));
        states.add(new ServerState(node, state));
        siteNodes.add(site);
      }
    }
    return states.isEmpty()
        ? Optional.empty()
        : Optional.of(new Reach(see(report, states), siteNodes));
  }

  /** The first, if a report should name one server twice. */
  private static Optional<LinkReport> linkTo(String server, Report report) {
    return report.links().stream().filter(link -> link.server().equals(server)).findFirst();
  }

  private Observation see(Report report, List<ServerState> states) {
    return new Observation(
        device.graph(), own(report), device.power(), states, device.demand(), device.exits());
  }

  /** All local, in the device's present state. */
  double localSeconds(Report report) {
    NodeState node = own(report);
    return node.queueSeconds()
        + node.times().run(Plan.local(device.graph(), device.exits()).near());
  }

  /** The device as frames to come meet it: a part of the reported queue is worked off by then. */
  private NodeState own(Report report) {
    NodeState now = node(device.name(), self, report.load());
    return now.withQueue(device.demand().waitBehind(now.queueSeconds()));
  }

  private NodeState node(String name, MachineTimes times, LoadReport load) {
    return new NodeState(
        name,
        times.times(device.graph(), load.slowdown()),
        load.queueSeconds(),
        load.memoryBytes());
  }
}
