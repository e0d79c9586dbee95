package io.cleave.testbed.compare;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentRun;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.experiment.SimulatedCells;
import io.cleave.testbed.live.RealWorld;
import io.cleave.testbed.live.Stop;
import io.cleave.testbed.report.ReportPage;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.Scripted;
import io.cleave.testbed.world.SimulatedWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs an experiment simulated and with real programs and lays the frames side by side. Writes both
 * runs whole, in folders named as their worlds, and compare.csv, compare-frames.csv and compare.md
 * beside them.
 */
public final class CompareRun {
  private final Experiment experiment;
  private final PlannerCatalog catalog;
  private final RunFolder folder;

  public CompareRun(Experiment experiment, PlannerCatalog catalog, RunFolder folder) {
    this.experiment = experiment;
    this.catalog = catalog;
    this.folder = folder;
  }

  /**
   * Runs and compares.
   *
   * @param founding makes the world of real programs, given the folder of their logs
   * @param stop gives up: half a comparison is none
   * @return the table, line by line
   */
  public List<String> run(Function<Path, RealWorld> founding, Stop stop) {
    SimulatedCells simulation = new SimulatedCells(catalog, experiment.conduct().switching());
    RealWorld programs = founding.apply(folder.file("logs"));
    Recorded simulated = run(new Recorded(simulation));
    Recorded real = run(new Recorded(programs));
    stop.check();
    List<Comparison> cells = new ArrayList<>();
    Set<String> energy = new LinkedHashSet<>(); // all cells say the same where nothing measures
    for (Cell cell : experiment.cells()) {
      if (!catalog.byFrame(cell.planner())) {
        Scenario scenario = experiment.scenario(cell);
        Corrections corrections = Corrections.of(programs.measured(cell), scenario);
        Scenario calibrated = corrections.applied(scenario);
        List<FrameRecord> again = new ArrayList<>();
        simulation.run(cell, calibrated, again::add);
        programs.energy(cell).ifPresent(energy::add);
        List<FrameRecord> measured = byNumber(real.frames(cell));
        cells.add(
            new Comparison(
                cell,
                pairs(
                    measured,
                    indexed(simulated.frames(cell)),
                    indexed(again),
                    repriced(measured, calibrated, cell.seed())),
                corrections));
      }
    }
    return written(cells, energy);
  }

  private Recorded run(Recorded world) {
    try (RunFolder own = RunFolder.at(folder.file(world.name()))) {
      new ExperimentRun(experiment, catalog, world, own).run(1, Progress.silent());
      ReportPage.write(own.partial(), folder.shown().resolve(world.name()));
      own.publish();
    }
    return world;
  }

  private List<String> written(List<Comparison> cells, Set<String> energy) {
    CompareCsv.write(folder.file("compare.csv"), cells);
    List<String> servers =
        experiment.site().servers().stream().map(each -> each.machine().name()).toList();
    PairsCsv.write(folder.file("compare-frames.csv"), cells, servers);
    List<String> table = new ArrayList<>(CompareTable.lines(cells));
    table.add("");
    table.addAll(energy);
    try {
      Files.write(folder.file("compare.md"), table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  /** What the frames would have taken in the simulated world, by their number. */
  private static Map<Long, FrameRecord> repriced(
      List<FrameRecord> measured, Scenario scenario, long seed) {
    List<Scripted> script =
        measured.stream()
            .map(
                frame ->
                    new Scripted(frame.frame(), Math.max(0, frame.arrivalSeconds()), frame.plan()))
            .toList();
    List<FrameRecord> again = new ArrayList<>();
    new SimulatedWorld().rerun(scenario, script, seed, again::add);
    return indexed(again);
  }

  private static List<FramePair> pairs(
      List<FrameRecord> measured,
      Map<Long, FrameRecord> simulated,
      Map<Long, FrameRecord> calibrated,
      Map<Long, FrameRecord> repriced) {
    List<FramePair> pairs = new ArrayList<>();
    for (FrameRecord frame : measured) {
      FrameRecord one = simulated.get(frame.frame());
      FrameRecord other = calibrated.get(frame.frame());
      FrameRecord same = repriced.get(frame.frame());
      if (one != null && other != null && same != null) { // else it came in after the run's end
        pairs.add(new FramePair(frame, one, other, same));
      }
    }
    return pairs;
  }

  private static List<FrameRecord> byNumber(List<FrameRecord> frames) {
    return frames.stream().sorted(Comparator.comparingLong(FrameRecord::frame)).toList();
  }

  private static Map<Long, FrameRecord> indexed(List<FrameRecord> frames) {
    Map<Long, FrameRecord> byNumber = new HashMap<>();
    frames.forEach(frame -> byNumber.put(frame.frame(), frame));
    return byNumber;
  }
}
