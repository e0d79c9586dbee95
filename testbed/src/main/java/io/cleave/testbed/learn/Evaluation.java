package io.cleave.testbed.learn;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.Threads;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs planners over the same worlds and lays their scores side by side, network by network. */
public final class Evaluation {
  private final Deployment deployment;
  private final PlannerCatalog catalog;
  private final List<Bout> bouts;

  /**
   * @throws UserError if there is no published planner to be held against
   */
  public Evaluation(Deployment deployment, Experiment experiment, PlannerCatalog catalog) {
    if (experiment.contest().planners().stream().noneMatch(catalog::published)) {
      throw new UserError(
          "The gap is counted from the best published planner. Name one, such as --planner qdmp.");
    }
    this.deployment = deployment;
    this.catalog = catalog;
    this.bouts = Bout.of(experiment, catalog);
  }

  /** How many runs there are. */
  public int runs() {
    return bouts.size();
  }

  /**
   * Runs all; the result does not depend on which was first.
   *
   * @param cores runs at once, at least 1
   */
  public List<Verdict> run(int cores, Progress progress) {
    Score[] scores = new Score[bouts.size()];
    List<Runnable> runs = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      int place = i;
      runs.add(() -> scores[place] = bouts.get(place).run().get());
    }
    try (Threads threads = new Threads(cores)) {
      threads.run(runs, progress::done);
    }
    return verdicts(scores);
  }

  private List<Verdict> verdicts(Score[] scores) {
    Map<String, Map<Entrant, List<Verdict.Entry>>> networks = new LinkedHashMap<>();
    for (int i = 0; i < scores.length; i++) {
      Bout bout = bouts.get(i);
      networks
          .computeIfAbsent(bout.network(), none -> new LinkedHashMap<>())
          .computeIfAbsent(bout.entrant(), none -> new ArrayList<>())
          .add(new Verdict.Entry(bout.course(), scores[i]));
    }
    List<Verdict> verdicts = new ArrayList<>();
    networks.forEach((name, each) -> verdicts.add(new Verdict(deployment, name, each, catalog)));
    return verdicts;
  }
}
