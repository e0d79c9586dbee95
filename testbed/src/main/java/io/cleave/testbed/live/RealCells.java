package io.cleave.testbed.live;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.SimulatedCells;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs cells with the real controller and real agents, one cell at a time, wherever these run. The
 * clairvoyant oracle, which no real program can be, is simulated for as long as the real run took.
 */
final class RealCells {
  private final Experiment experiment;
  private final LocalSettings settings;
  private final Path logs;
  private final Function<FleetPlan, LiveRun> runs;
  private final PlannerCatalog catalog = PlannerCatalog.standard();
  private final Map<String, Double> ranSeconds = new HashMap<>(); // by trace and seed
  private final Map<Cell, List<MeasuredFrame>> measured = new HashMap<>();
  private final Map<Cell, String> energy = new HashMap<>();

  /**
   * Cells of an experiment's machines.
   *
   * @param logs folder that every program's log is written to
   * @param runs how a cell's programs are run
   * @throws UserError if agents cannot play what the experiment asks for
   */
  RealCells(
      Experiment experiment, LocalSettings settings, Path logs, Function<FleetPlan, LiveRun> runs) {
    this.experiment = experiment;
    this.settings = settings;
    this.logs = logs;
    this.runs = runs;
    checkPlayable(experiment.site());
  }

  /**
   * Looks whether agents can play these machines.
   *
   * @throws UserError if not
   */
  static void checkPlayable(Experiment.Site site) {
    List<Experiment.Node> nodes = new ArrayList<>(List.of(site.device()));
    for (Experiment.Server server : site.servers()) {
      nodes.add(server.node());
      if (!server.idle()) {
        throw new UserError(
            "%s: real servers have no emulated load. Maybe use \"load: idle\"."
                .formatted(server.machine().name()));
      }
      if (server.capacity().accessBitsPerSecond() < Double.POSITIVE_INFINITY) {
        throw new UserError(
            "%s: the link that a real server's guests share is not emulated. Maybe leave out \"access-mbps\"."
                .formatted(server.machine().name()));
      }
    }
    for (Experiment.Node node : nodes) {
      if (node.measured()) {
        throw new UserError(
            "%s: a real agent is held to the pace of a class, not to a measured profile."
                .formatted(node.machine().name()));
      }
    }
  }

  /** As {@link io.cleave.testbed.experiment.World#run}. */
  void run(Cell cell, Scenario scenario, FrameSink sink) {
    if (catalog.byFrame(cell.planner())) {
      double seconds = ranSeconds.getOrDefault(key(cell), scenario.workload().seconds());
      new SimulatedCells(catalog, experiment.conduct().switching())
          .run(cell, scenario.lasting(seconds), sink);
      return;
    }
    Path state = Temporary.folder();
    try {
      FleetPlan.Folders folders = new FleetPlan.Folders(logs.resolve(logName(cell)), state);
      FleetPlan plan = FleetPlan.of(experiment, cell, scenario, settings, folders);
      LiveRun.Outcome outcome = runs.apply(plan).toEnd();
      ranSeconds.put(key(cell), outcome.seconds());
      List<MeasuredFrame> frames = outcome.frames().values().iterator().next();
      measured.put(cell, frames);
      int images = experiment.inputs().images().map(Experiment.Images::count).orElse(0);
      MeasuredFrame.Run run =
          new MeasuredFrame.Run(
              outcome.startUnixSeconds(), scenario.device().power(), cell.seed(), images);
      frames.forEach(frame -> sink.accept(frame.record(run)));
      energy.put(cell, energy(plan.devices().get(0), run, outcome));
    } finally {
      Temporary.delete(state);
    }
  }

  /** What the agents wrote down of a cell that was run, in the order of the answers. */
  List<MeasuredFrame> measured(Cell cell) {
    return measured.getOrDefault(cell, List.of());
  }

  /** As {@link RealWorld#energy}. */
  Optional<String> energy(Cell cell) {
    return Optional.ofNullable(energy.get(cell));
  }

  private static String energy(Resident device, MeasuredFrame.Run run, LiveRun.Outcome outcome) {
    double joules = 0;
    double latencies = 0;
    for (MeasuredFrame frame : outcome.framesOf(device)) {
      joules += frame.record(run).outcome().joules();
      latencies += frame.latencySeconds();
    }
    double start = outcome.startUnixSeconds();
    return Metered.read(device.energyFile(), start, start + outcome.seconds())
        .beside(Metered.Modelled.of(joules, latencies, run.power().idleWatts(), outcome.seconds()));
  }

  private static String key(Cell cell) {
    return "%s|%s|%d".formatted(cell.network().name(), cell.course(), cell.seed());
  }

  private static String logName(Cell cell) {
    return "%s-%s-%s-%d"
        .formatted(cell.network().name(), cell.course(), cell.planner().name(), cell.seed())
        .replace(' ', '_');
  }
}
