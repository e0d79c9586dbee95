package io.cleave.policies.tiling;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every run of a network takes: at least, until somebody asks how it is run best. One search's
 * own.
 */
final class RunPrices {
  private final Observation observation;
  private final Runs runs;
  private final List<Divider> dividers;
  private final double[][] shared; // [start][end] by the device or shared; a bound if not settled
  private final double[][] errand; // [start][end] by a server alone; infinite if there is none
  private final boolean[][] settled; // [start][end]
  private final LeastTime[][] least; // [start][end] if it can be shared
  private final SharedRun[][] best; // [start][end] by the device or shared, if settled
  private final SharedRun[][] alone; // [start][end] by a server, if there is one

  /**
   * Time O(p^2) bounds for p positions.
   *
   * @param dividers how a run may be shared
   * @param runs of the observation's network
   * @param errands by which a run may be a server's alone
   */
  RunPrices(
      Observation observation,
      Terms terms,
      List<Divider> dividers,
      Runs runs,
      Optional<Errands> errands) {
    int count = runs.count();
    this.observation = observation;
    this.runs = runs;
    this.dividers = dividers;
    this.shared = new double[count][count];
    this.errand = new double[count][count];
    this.settled = new boolean[count][count];
    this.least = new LeastTime[count][count];
    this.best = new SharedRun[count][count];
    this.alone = new SharedRun[count][count];
    List<Integer> crew = Crew.ranked(observation);
    for (int start = 0; start < count; start++) {
      Arrays.fill(errand[start], Double.POSITIVE_INFINITY);
      for (int end = start + 1; end < count; end++) {
        SharedRun here = here(start, end);
        best[start][end] = here;
        shared[start][end] = Math.min(here.seconds(), bound(start, end, terms, crew));
        settled[start][end] = shared[start][end] == here.seconds();
        send(start, end, errands);
      }
    }
  }

  private SharedRun here(int start, int end) {
    LayerSet layers = runs.layers(start, end);
    return new SharedRun(layers, Stage.DEVICE, observation.device().times().run(layers));
  }

  private double bound(int start, int end, Terms terms, List<Integer> crew) {
    Optional<Divisible> run = runs.divisible(start, end);
    double bound = Double.POSITIVE_INFINITY;
    if (run.isPresent()) {
      least[start][end] = LeastTime.of(observation, terms, run.get(), crew);
      for (Divider divider : dividers) {
        bound = Math.min(bound, divider.least(run.get(), least[start][end]));
      }
    }
    return bound;
  }

  private void send(int start, int end, Optional<Errands> errands) {
    Optional<SharedRun> run = errands.flatMap(each -> each.of(runs, start, end));
    if (run.isPresent()) {
      alone[start][end] = run.get();
      errand[start][end] = run.get().seconds();
    }
  }

  /** The best ways by what is known so far. */
  Ways ways() {
    return new Ways(shared, errand);
  }

  /** [place] seconds that are left from there on at least, by what is known so far. */
  double[] rest() {
    return Ways.rest(shared, errand);
  }

  /** True if it is known what the run takes, and not just what it takes at least. */
  boolean isSettled(Ways.Leg leg) {
    return leg.byServer() || settled[leg.start()][leg.end()];
  }

  /**
   * Finds the best of alone and shared.
   *
   * @param enough seconds; a run that takes as long or longer counts as one that takes for ever
   */
  void settle(Ways.Leg leg, double enough) {
    SharedRun found = best[leg.start()][leg.end()];
    Optional<Divisible> run = runs.divisible(leg.start(), leg.end());
    for (int i = 0; run.isPresent() && i < dividers.size(); i++) {
      double limit = Math.min(enough, found.seconds());
      Optional<SharedRun> other =
          dividers.get(i).of(run.get(), least[leg.start()][leg.end()], limit);
      if (other.isPresent() && other.get().seconds() < found.seconds()) {
        found = other.get();
      }
    }
    best[leg.start()][leg.end()] = found;
    settled[leg.start()][leg.end()] = true;
    shared[leg.start()][leg.end()] =
        found.seconds() < enough ? found.seconds() : Double.POSITIVE_INFINITY;
  }

  /** A run of a way, which is settled. */
  SharedRun run(Ways.Leg leg) {
    return leg.byServer() ? alone[leg.start()][leg.end()] : best[leg.start()][leg.end()];
  }

  /** What a run of a way takes, at least if it is not settled. */
  double seconds(Ways.Leg leg) {
    return leg.byServer() ? errand[leg.start()][leg.end()] : shared[leg.start()][leg.end()];
  }
}
