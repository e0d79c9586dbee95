package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.tiling.Shapes.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
  private final Shapes shapes;

  BalancedTiles(Observation observation, Terms terms) {
    this.observation = observation;
    this.pricing = new Pricing(observation, terms);
    this.terms = terms;
    this.crew = Crew.ranked(observation);
    this.speeds = Crew.speeds(observation, crew);
    this.shapes = new Shapes(speeds);
  }

  @Override
  public Optional<SharedRun> of(Divisible run, double enough) {
    return of(run, LeastTime.of(observation, terms, run, crew), enough);
  }

  @Override
  public Optional<SharedRun> of(Divisible run, LeastTime least, double enough) {
    Best best = new Best(Math.min(enough, observation.device().times().run(run.layers())));
    for (Candidate each : candidates(run, least)) {
      if (each.least() > best.seconds) {
        break;
      }
      balance(run, each, best);
    }
    return best.shares.isEmpty()
        ? Optional.empty()
        : Optional.of(SharedRun.of(run, best.shares, best.seconds));
  }

  @Override
  public double least(Divisible run, LeastTime least) {
    double seconds = Double.POSITIVE_INFINITY;
    for (Shape shape : shapes.of(run)) {
      seconds = Math.min(seconds, shape.least(run, least));
    }
    return seconds;
  }

  /** A shape, its place among all, and seconds that it takes at least. */
  private record Candidate(Shape shape, int place, double least) {}

  /** The most promising first. */
  private List<Candidate> candidates(Divisible run, LeastTime least) {
    List<Shape> all = shapes.of(run);
    List<Candidate> candidates = new ArrayList<>(all.size());
    for (int place = 0; place < all.size(); place++) {
      Shape shape = all.get(place);
      candidates.add(new Candidate(shape, place, shape.least(run, least)));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::least));
    return candidates;
  }

  /** The quickest so far; of equally quick ones that of the first shape. */
  private static final class Best {
    private double seconds;
    private int place = -1; // nothing is as good as what is enough
    private List<Sharing.Share> shares = List.of();

    Best(double seconds) {
      this.seconds = seconds;
    }

    void offer(List<Sharing.Share> other, double its, int at) {
      if (its < seconds || (its == seconds && at < place)) {
        seconds = its;
        place = at;
        shares = other;
      }
    }
  }

  /**
   * Some rounds, each with sizes that the one before has shown to be fairer, while that helps and
   * nobody who got places gets none.
   */
  private void balance(Divisible run, Candidate candidate, Best best) {
    Shape shape = candidate.shape();
    List<Integer> machines = crew.subList(0, shape.count());
    double[] weights = Arrays.copyOf(speeds, shape.count());
    List<Sharing.Share> shares = shares(run, machines, weights, shape);
    int pieces = shares.size();
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS && shares.size() == pieces; round++) {
      List<Hop.Branch> branches = pricing.branches(run, shares);
      double seconds = pricing.seconds(branches, Handout.ASSIGNED);
      best.offer(shares, seconds, candidate.place());
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
