package io.cleave.testbed.site;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Targeting;
import io.cleave.testbed.experiment.CellPlanner;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Manifest;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.site.SiteResults.Contestant;
import io.cleave.testbed.world.Control;
import io.cleave.testbed.world.RunTally;
import io.cleave.testbed.world.SimulatedWorld;
import io.cleave.testbed.world.SiteScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs an experiment with many devices: the same sites, one for each seed, under every planner and
 * every way to choose who helps whom; one that knows the future chooses for itself.
 */
public final class SiteRun {
  private final Experiment experiment;
  private final PlannerCatalog catalog;
  private final RunFolder folder;
  private final List<Cell> cells = new ArrayList<>();

  private record Cell(PlannerSpec planner, Targeting targeting, long seed) {
    Contestant contestant() {
      return new Contestant(planner.toString(), targeting);
    }
  }

  /**
   * @throws IllegalArgumentException if the experiment has no crowd
   */
  public SiteRun(Experiment experiment, PlannerCatalog catalog, RunFolder folder) {
    this.experiment = experiment;
    this.catalog = catalog;
    this.folder = folder;
    for (PlannerSpec planner : experiment.contest().planners()) {
      for (Targeting targeting : targetings(planner)) {
        for (long seed = 1; seed <= experiment.contest().seeds(); seed++) {
          cells.add(new Cell(planner, targeting, seed));
        }
      }
    }
  }

  private List<Targeting> targetings(PlannerSpec planner) {
    return catalog.byFrame(planner)
        ? List.of(Targeting.EACH)
        : experiment.site().crowd().orElseThrow().targetings();
  }

  /** How many runs there are. */
  public int cells() {
    return cells.size();
  }

  /**
   * Writes site.csv, experiment.yaml and manifest.json.
   *
   * @param cores runs at once, at least 1
   */
  public SiteResults run(int cores, Progress progress) {
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    SiteResults results = new SiteResults();
    try {
      List<Future<SiteRow>> runs = new ArrayList<>();
      for (Cell cell : cells) {
        runs.add(threads.submit(() -> run(cell)));
      }
      for (int i = 0; i < runs.size(); i++) {
        results.add(cells.get(i).contestant(), finished(runs.get(i)));
        progress.done(i + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    results.write(folder.file("site.csv"));
    Manifest.write(folder, experiment, "simulated", catalog.roles(experiment.contest().planners()));
    return results;
  }

  private SiteRow run(Cell cell) {
    SiteScenario site = new SiteMaker(experiment).site(cell.seed());
    SiteFigures figures = new SiteFigures(site);
    RunTally tally =
        new SimulatedWorld()
            .run(
                site,
                new CellPlanner(catalog, cell.planner()),
                new Control(experiment.conduct().switching(), cell.targeting()),
                cell.seed(),
                figures::sink);
    return figures.row(tally.switches(), tally.serverBusySeconds());
  }

  private static SiteRow finished(Future<SiteRow> run) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A run failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    }
  }
}
