package io.cleave.testbed.live;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.world.Reporting;
import io.cleave.testbed.world.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is started for one run, and how it is run.
 *
 * @param site a name of its own, so that worlds at one broker do not meet
 * @param conduct how decisions are made
 * @param servers that devices may reach; node n of a plan is the n-th of them
 * @param devices at least one
 * @param losses of servers on the way
 * @param settings of the world
 * @param folders where files go
 */
record FleetPlan(
    String site,
    Conduct conduct,
    List<Experiment.Server> servers,
    List<Resident> devices,
    List<Experiment.Loss> losses,
    LocalSettings settings,
    Folders folders) {
  FleetPlan {
    servers = List.copyOf(servers);
    devices = List.copyOf(devices);
    losses = List.copyOf(losses);
  }

  /**
   * How decisions are made.
   *
   * @param planner of all devices
   * @param targeting who chooses the servers
   * @param switching when plans are changed
   * @param reporting how often agents report
   */
  record Conduct(
      PlannerSpec planner, Targeting targeting, SwitchRule switching, Reporting reporting) {}

  /**
   * @param logs of every program
   * @param state what agents and controller keep; thrown away afterwards
   */
  record Folders(Path logs, Path state) {}

  /**
   * One device, with a link of its own to each server, as in the simulated world; all of them
   * follow the same recording, and the first carries reports and plans, too.
   */
  static FleetPlan of(
      Experiment experiment,
      Cell cell,
      Scenario scenario,
      LocalSettings settings,
      Folders folders) {
    Experiment.Site site = experiment.site();
    List<Resident.Way> ways = new ArrayList<>();
    for (Experiment.Server server : site.servers()) {
      List<String> name = List.of(server.machine().name());
      ways.add(new Resident.Way(cell.trace(), name, ways.isEmpty()));
    }
    Optional<Path> images =
        experiment
            .inputs()
            .images()
            .filter(each -> cell.network().exits().isPresent() || each.fit(cell.network().graph()))
            .map(each -> each.folder().toAbsolutePath());
    Resident device =
        new Resident(
            site.device(),
            cell.network(),
            scenario.workload(),
            cell.seed(),
            ways,
            images,
            folders.logs().resolve("agent-frames.csv"));
    return new FleetPlan(
        experiment.name(),
        new Conduct(
            cell.planner(), Targeting.EACH, experiment.conduct().switching(), scenario.reporting()),
        site.servers(),
        List.of(device),
        List.of(),
        settings,
        folders);
  }

  /** The servers' names, by node number minus one. */
  List<String> serverNames() {
    return servers.stream().map(server -> server.machine().name()).toList();
  }

  /** Those that devices run, each once. */
  Set<Network> networks() {
    Set<Network> networks = new LinkedHashSet<>();
    devices.forEach(device -> networks.add(device.network()));
    return networks;
  }
}
