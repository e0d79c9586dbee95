package io.cleave.testbed.live;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Targeting;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Manifest;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.site.SiteFigures;
import io.cleave.testbed.site.SiteMaker;
import io.cleave.testbed.site.SiteResults;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.SiteScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a site with real programs: many devices, each with a link of its own to each server that it
 * can reach. The site is the one that the simulated world would draw from the same seed. Control
 * messages go beside the emulated links, since none of them is the one to the controller. See
 * docs/sites.md.
 */
public final class LiveSite {
  private static final long SEED = 1;

  private final Experiment experiment;
  private final Experiment.Crowd crowd;
  private final PlannerSpec planner;
  private final Targeting targeting;
  private final FleetPlan plan;
  private final RunFolder folder;

  /**
   * A site.
   *
   * @param folder that results and logs go to
   * @throws UserError if the experiment has several planners or ways to choose servers
   */
  public LiveSite(Experiment experiment, LocalSettings settings, RunFolder folder) {
    RealCells.checkPlayable(experiment.site());
    PlannerCatalog catalog = PlannerCatalog.standard();
    this.experiment = experiment;
    this.folder = folder;
    this.crowd = experiment.site().crowd().orElseThrow();
    List<PlannerSpec> planners =
        experiment.contest().planners().stream().filter(each -> !catalog.byFrame(each)).toList();
    if (planners.size() != 1
        || crowd.targetings().size() != 1
        || experiment.contest().seeds() != 1) {
      throw new UserError(
          "A live run of a site is of one planner, one way to choose servers and one seed, not of %d, %d and %d."
              .formatted(planners.size(), crowd.targetings().size(), experiment.contest().seeds()));
    }
    if (crowd.course().churn().isPresent()) {
      throw new UserError(
          "Devices of a live site do not come and go: leave out \"churn\", or replay the site.");
    }
    this.planner = planners.get(0);
    this.targeting = crowd.targetings().get(0);
    this.plan =
        new FleetPlan(
            experiment.name(),
            new FleetPlan.Conduct(
                planner,
                targeting,
                experiment.conduct().switching(),
                experiment.conduct().reporting()),
            experiment.site().servers(),
            residents(),
            crowd.course().losses(),
            settings,
            new FleetPlan.Folders(folder.file("logs"), Temporary.folder()));
  }

  private List<Resident> residents() {
    List<SiteMaker.Drawn> drawn = new SiteMaker(experiment).devices(SEED);
    List<Resident> residents = new ArrayList<>();
    for (int device = 0; device < drawn.size(); device++) {
      residents.add(resident(drawn.get(device), SiteScenario.seed(SEED, device)));
    }
    return residents;
  }

  private Resident resident(SiteMaker.Drawn drawn, long seed) {
    List<Resident.Way> ways = new ArrayList<>();
    for (RemoteMachine server : drawn.scenario().servers()) {
      ways.add(new Resident.Way(server.link(), List.of(server.machine().name()), false));
    }
    return new Resident(
        drawn.node(),
        drawn.network(),
        drawn.scenario().workload(),
        seed,
        ways,
        Optional.empty(),
        folder.file("logs").resolve(drawn.node().machine().name() + "-frames.csv"));
  }

  /** On this machine, as processes. */
  public SiteAccount onProcesses(Narrator narrator, Stop stop) {
    plan.settings().checkThere();
    return run("local", fleet -> new ProcessGround(fleet, narrator, stop), narrator, stop);
  }

  /** In containers. */
  public SiteAccount inContainers(ContainerEngine engine, Narrator narrator, Stop stop) {
    engine.check();
    return run(
        "containers", fleet -> new ContainerGround(fleet, engine, narrator, stop), narrator, stop);
  }

  private SiteAccount run(
      String world, Function<FleetPlan, Ground> ground, Narrator narrator, Stop stop) {
    try {
      LiveRun.Outcome outcome = new LiveRun(plan, narrator, stop, ground.apply(plan)).toEnd();
      SiteAccount account = SiteAccount.of(plan, crowd.course().moves(), outcome);
      if (account.frames() == 0) {
        throw new UserError(
            "No frame was done before the run ended, so there is nothing to tell. Let it run longer.");
      }
      account.write(folder);
      results(outcome).write(folder.file("site.csv"));
      Manifest.write(
          folder,
          experiment,
          world,
          PlannerCatalog.standard().roles(experiment.contest().planners()));
      return account;
    } finally {
      Temporary.delete(plan.folders().state());
    }
  }

  /** The row that the simulated world writes, of the real run. */
  private SiteResults results(LiveRun.Outcome outcome) {
    SiteFigures figures = new SiteFigures(new SiteMaker(experiment).site(SEED));
    List<String> names = plan.serverNames();
    double[] busy = new double[names.size()];
    for (int device = 0; device < plan.devices().size(); device++) {
      Resident resident = plan.devices().get(device);
      MeasuredFrame.Run run =
          new MeasuredFrame.Run(
              outcome.startUnixSeconds(), resident.node().machine().power(), resident.seed(), 0);
      for (MeasuredFrame frame : outcome.framesOf(resident)) {
        figures.sink(device).accept(frame.record(run));
        int helper = names.indexOf(frame.helper(names));
        if (helper >= 0) {
          busy[helper] += frame.parts().remote(); // what was measured is of all helpers together
        }
      }
    }
    long switches =
        outcome.decisions().stream()
            .filter(line -> line.decision().grounds().reason().switches())
            .count();
    SiteResults results = new SiteResults();
    results.add(
        new SiteResults.Contestant(planner.toString(), targeting),
        figures.row(switches, Arrays.stream(busy).boxed().toList()));
    return results;
  }
}
