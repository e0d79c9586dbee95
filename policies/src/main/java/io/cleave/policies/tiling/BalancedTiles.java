package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tiles of a fused block, for the best number of machines in the order of their rank, sized so that
 * transfers and work together take each machine equally long.
 *
 * <p><b>Source:</b> the tables of AOFL (Zhou et al., SEC 2019). <b>Complexity:</b> O(m^2 d x
 * layers) for m machines and the d divisors of their number. <b>Assumes</b> that time grows with a
 * tile's area; sizes are found by some rounds of proportional correction, not exactly.
 * <b>Differs:</b> 1. The device that has the frame always takes part. 2. Every grid of the
 * machines' number is tried, bands of unequal height with tiles of unequal width. 3. A fully
 * connected layer, which the paper leaves alone, is shared by its neurons.
 */
final class BalancedTiles implements Divider {
  private static final int ROUNDS = 4;

  private final Observation observation;
  private final Pricing pricing;
  private final Terms terms;
  private final List<Integer> crew;
  private final double[] speeds; // [place in the crew] networks a second

  BalancedTiles(Observation observation, Terms terms) {
    this.observation = observation;
    this.pricing = new Pricing(observation, terms);
    this.terms = terms;
    this.crew = Crew.ranked(observation);
    this.speeds = Crew.speeds(observation, crew);
  }

  @Override
  public Optional<SharedRun> of(Divisible run, double enough) {
    Best best = new Best(Math.min(enough, observation.device().times().run(run.layers())));
    LeastTime least = new LeastTime(observation, terms, run);
    least.with(crew.get(0));
    for (int count = 2; count <= crew.size(); count++) {
      least.with(crew.get(count - 1));
      for (int columns = 1; columns <= count && least.seconds() < best.seconds; columns++) {
        if (count % columns == 0 && fits(run, count, columns)) {
          balance(run, least(least, run, count, columns), new Shape(count, columns), best);
        }
      }
    }
    return best.shares.isEmpty()
        ? Optional.empty()
        : Optional.of(Pricing.shared(run, best.shares, best.seconds));
  }

  /** So many machines, so many of them a band. */
  private record Shape(int count, int columns) {}

  /** The quickest so far. */
  private static final class Best {
    private double seconds;
    private List<Sharing.Share> shares = List.of();

    Best(double seconds) {
      this.seconds = seconds;
    }
  }

  private static double least(LeastTime least, Divisible run, int count, int columns) {
    return columns == 1
        ? least.seconds(run.axis(), count, Strip.COLUMNS, 1)
        : least.seconds(Strip.ROWS, count / columns, Strip.COLUMNS, columns);
  }

  /** One column of bands is strips along the longest axis, whatever that is. */
  private static boolean fits(Divisible run, int count, int columns) {
    return columns == 1 ? count <= run.length() : run.isMap();
  }

  /**
   * Some rounds, each with sizes that the one before has shown to be fairer, while that helps and
   * nobody who got places gets none.
   *
   * @param least seconds that it takes if all get places
   */
  private void balance(Divisible run, double least, Shape shape, Best best) {
    List<Integer> machines = crew.subList(0, shape.count());
    double[] weights = Arrays.copyOf(speeds, shape.count());
    List<Sharing.Share> shares = shares(run, machines, weights, shape);
    int pieces = shares.size();
    if (pieces == shape.count() && least >= best.seconds) {
      return;
    }
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS && shares.size() == pieces; round++) {
      List<Hop.Branch> branches = pricing.branches(run, shares);
      double seconds = pricing.seconds(branches, Handout.ASSIGNED);
      if (seconds < best.seconds) {
        best.seconds = seconds;
        best.shares = shares;
      }
      if (!(seconds < before)) {
        return;
      }
      before = seconds;
      correct(branches, machines, weights);
      shares = shares(run, machines, weights, shape);
    }
  }

  private static List<Sharing.Share> shares(
      Divisible run, List<Integer> machines, double[] weights, Shape shape) {
    return shape.columns() == 1
        ? Layout.strips(run, machines, weights)
        : Layout.bands(run, machines, weights, shape.columns());
  }

  /** Who takes longer than the mean gets less. */
  private void correct(List<Hop.Branch> branches, List<Integer> machines, double[] weights) {
    double[] seconds = new double[branches.size()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = pricing.alone(branches.get(i));
    }
    double mean = Sum.mean(seconds);
    int machine = 0;
    for (int i = 0; i < seconds.length; i++, machine++) {
      while (machines.get(machine) != branches.get(i).node()) {
        machine++; // that has no place: pieces are in the order of the machines
      }
      weights[machine] *= mean / seconds[i];
    }
  }
}
