package io.cleave.testbed.experiment;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerEntry;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.plan.Bounds;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Results.Course;
import io.cleave.testbed.world.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Runs the cells of an experiment in a world and writes their files. Each cell writes its frames to
 * a file of its own; they are joined in the order of the cells, so that the result does not depend
 * on which thread was first, and memory not on the count of frames.
 */
public final class ExperimentRun {
  private final Experiment experiment;
  private final PlannerCatalog catalog;
  private final World world;
  private final RunFolder folder;

  /** A run in the simulated world. */
  public ExperimentRun(Experiment experiment, PlannerCatalog catalog, RunFolder folder) {
    this(
        experiment, catalog, new SimulatedCells(catalog, experiment.conduct().switching()), folder);
  }

  /** A run in any world. */
  public ExperimentRun(
      Experiment experiment, PlannerCatalog catalog, World world, RunFolder folder) {
    this.experiment = experiment;
    this.catalog = catalog;
    this.world = world;
    this.folder = folder;
  }

  /** How many cells there are. */
  public int cells() {
    int cells = experiment.cells().size();
    return (int) IntStream.range(0, cells).filter(place -> told(place) == place).count();
  }

  /**
   * In the simulated world a planner that does not weigh energy does the same whatever its weight,
   * unless the switch rule weighs it.
   */
  private int told(int place) {
    boolean simulated = world instanceof SimulatedCells;
    boolean followed = experiment.conduct().switching().isNone();
    return experiment.told(
        place, planner -> simulated && followed && !catalog.weighsEnergy(planner));
  }

  /**
   * Writes frames.csv, summary.csv, overall.csv, experiment.yaml and manifest.json; where energy is
   * weighed in several ways also energy.csv and energy-fronts.csv, where bounds are set bounds.csv.
   *
   * @param cores cells to run at once, at least 1; above 1 only in the simulated world
   */
  public void run(int cores, Progress progress) {
    CsvFile.write(folder.file("frames.csv"), csv -> csv.writeRecord(FrameRows.HEADER));
    Results results = runAll(cores, progress);
    SummaryCsv.write(folder.file("summary.csv"), results);
    BeyondLocal beyond = BeyondLocal.of(folder.file("frames.csv"));
    OverallCsv.write(
        folder.file("overall.csv"),
        results,
        catalog.roles(experiment.contest().planners()),
        beyond);
    if (experiment.weighsEnergy()) {
      energy(results);
    }
    Bounds bounds = experiment.cells().get(0).demand().bounds(); // the same in all
    if (!bounds.equals(Bounds.NONE)) {
      BoundsCsv.write(folder.file("bounds.csv"), bounds, results);
    }
    Manifest.write(
        folder, experiment, world.name(), catalog.roles(experiment.contest().planners()));
  }

  private void energy(Results results) {
    String oracle = oracle().toString();
    EnergyFronts fronts = EnergyFronts.of(experiment, results, oracle);
    Map<String, PlannerEntry.Origin> roles =
        new LinkedHashMap<>(catalog.roles(experiment.contest().planners()));
    roles.remove(oracle);
    EnergyCsv.writePoints(folder.file("energy.csv"), fronts);
    EnergyCsv.writeFronts(folder.file("energy-fronts.csv"), fronts, roles);
  }

  private Results runAll(int cores, Progress progress) {
    Results results = new Results(oracle().toString());
    List<Cell> cells = experiment.cells();
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try (OutputStream frames =
        Files.newOutputStream(folder.file("frames.csv"), StandardOpenOption.APPEND)) {
      List<Future<CellFigures>> runs = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        Path part = part(i);
        runs.add(told(i) == i ? threads.submit(() -> run(cell, part)) : runs.get(told(i)));
      }
      int done = 0;
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        CellFigures figures = finished(runs.get(i));
        if (told(i) == i) {
          Files.copy(part(i), frames);
          Files.delete(part(i));
          progress.done(++done);
        }
        Course course = new Course(cell.network().name(), cell.course());
        results.add(course, cell.planner().toString(), cell.seed(), figures);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stop(threads);
    }
    return results;
  }

  /** Waits for the cells under way: their files must not appear while the folder is removed. */
  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A cell does not end. Maybe it is far too long.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path part(int cell) {
    return folder.file("part-" + cell + ".csv");
  }

  private CellFigures run(Cell cell, Path part) throws IOException {
    Scenario scenario = experiment.scenario(cell);
    try (CsvWriter csv = CsvFile.open(part)) {
      FrameRows rows = new FrameRows(cell, scenario, csv);
      world.run(cell, scenario, rows);
      CellFigures figures = rows.figures();
      if (figures.frames() == 0) {
        throw new UserError(
            "No frame arrives within %s s. Maybe the run is too short for its frame rate."
                .formatted(scenario.workload().seconds()));
      }
      return figures;
    }
  }

  private static CellFigures finished(Future<CellFigures> run) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A cell failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    }
  }

  private PlannerSpec oracle() {
    return experiment.contest().planners().stream()
        .filter(catalog::clairvoyant)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("An experiment always has its oracle."));
  }
}
