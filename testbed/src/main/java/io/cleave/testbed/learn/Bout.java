package io.cleave.testbed.learn;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Targeting;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.CellPlanner;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.site.SiteMaker;
import io.cleave.testbed.world.Control;
import io.cleave.testbed.world.SimulatedWorld;
import io.cleave.testbed.world.SiteScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run of an entrant.
 *
 * @param course the recordings; runs of one course differ by the seed
 * @param run gives what it came to
 */
record Bout(String network, String course, Entrant entrant, Supplier<Score> run) {
  private static final String MIXED = "mixed";

  /** All of an experiment; seed by seed, so that those of two entrants lie in the same order. */
  static List<Bout> of(Experiment experiment, PlannerCatalog catalog) {
    return experiment.site().crowd().isPresent()
        ? ofSites(experiment, catalog)
        : ofOne(experiment, catalog);
  }

  private static List<Bout> ofOne(Experiment experiment, PlannerCatalog catalog) {
    List<Bout> bouts = new ArrayList<>();
    for (Cell cell : experiment.cells()) {
      Entrant entrant = new Entrant(cell.planner(), Targeting.EACH);
      bouts.add(
          new Bout(
              cell.network().name(),
              cell.course(),
              entrant,
              () ->
                  run(
                      experiment,
                      catalog,
                      entrant,
                      new SiteScenario(List.of(experiment.scenario(cell))),
                      cell.seed())));
    }
    return bouts;
  }

  private static List<Bout> ofSites(Experiment experiment, PlannerCatalog catalog) {
    List<Bout> bouts = new ArrayList<>();
    for (Network network : experiment.inputs().networks()) {
      SiteMaker maker = new SiteMaker(experiment.of(network));
      for (Entrant entrant : entrants(experiment, catalog)) {
        for (long seed = 1; seed <= experiment.contest().seeds(); seed++) {
          long run = seed;
          bouts.add(
              new Bout(
                  network.name(),
                  MIXED,
                  entrant,
                  () -> run(experiment, catalog, entrant, maker.site(run), run)));
        }
      }
    }
    return bouts;
  }

  /** Every planner with every way to choose servers; who knows the future chooses for itself. */
  private static List<Entrant> entrants(Experiment experiment, PlannerCatalog catalog) {
    List<Entrant> entrants = new ArrayList<>();
    for (PlannerSpec planner : experiment.contest().planners()) {
      if (catalog.byFrame(planner)) {
        entrants.add(new Entrant(planner, Targeting.EACH));
      } else {
        experiment.site().crowd().orElseThrow().targetings().stream()
            .map(targeting -> new Entrant(planner, targeting))
            .forEach(entrants::add);
      }
    }
    return entrants;
  }

  private static Score run(
      Experiment experiment,
      PlannerCatalog catalog,
      Entrant entrant,
      SiteScenario site,
      long seed) {
    Score score = new Score();
    new SimulatedWorld()
        .run(
            site,
            new CellPlanner(catalog, entrant.planner()),
            new Control(experiment.conduct().switching(), entrant.targeting()),
            seed,
            device -> score.sink(site.devices().get(device)));
    return score;
  }
}
