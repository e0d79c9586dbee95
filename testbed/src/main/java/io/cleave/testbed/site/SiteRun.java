package io.cleave.testbed.site;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Targeting;
import io.cleave.testbed.Threads;
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
    SiteRow[] rows = new SiteRow[cells.size()];
    List<Runnable> runs = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int place = i;
      runs.add(() -> rows[place] = run(cells.get(place)));
    }
    try (Threads threads = new Threads(cores)) {
      threads.run(runs, progress::done);
    }
    SiteResults results = new SiteResults();
    for (int i = 0; i < rows.length; i++) {
      results.add(cells.get(i).contestant(), rows[i]);
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
}
