package io.cleave.policies.tiling;

import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Strips of rows that each machine keeps from round to round, while it hands its neighbours the
 * rows that they need: for the best number of machines in the order of their rank, and rounds found
 * by {@link CrewRounds}.
 *
 * <p><b>Source:</b> our own, for what fused-layer planners (AOFL; Zhou et al., SEC 2019) leave out:
 * there all is gathered between blocks. <b>Complexity:</b> O(m p^2 (m^2 + m layers)) for m machines
 * and p places where rounds may end, once for all runs; O(m) pricings a run. <b>Assumes</b> what
 * {@link Gathering} says, and the heuristic of {@link CrewRounds}; sizes are found by some rounds
 * of proportional correction, not exactly.
 */
final class RoundStrips implements Divider {
  private static final int CORRECTIONS = 2;

  /** So many numbers of machines are priced, the most promising first. */
  private static final int MOST_CREWS = 2;

  /** How far below what is foretold at first a run may come out by correction. */
  private static final double HOPE = 0.9;

  private final Observation observation;
  private final Terms terms;
  private final Runs runs;
  private final List<Integer> ranked;
  private final long[] rows; // [place] of the image there
  private final List<CrewRounds> crews = new ArrayList<>(); // of 2 machines, 3 and so on

  RoundStrips(Observation observation, Terms terms, Runs runs) {
    this.observation = observation;
    this.terms = terms;
    this.runs = runs;
    this.ranked = Crew.ranked(observation);
    this.rows = RowStrips.rows(observation.graph(), runs);
    for (int count = 2; count <= ranked.size(); count++) {
      crews.add(rounds(count));
    }
  }

  /** Of so many machines, by their speeds. */
  CrewRounds rounds(int count) {
    double[] speeds = Arrays.copyOf(Crew.speeds(observation, ranked), count);
    return new CrewRounds(observation, terms, runs, strips(speeds));
  }

  private RowStrips strips(double[] weights) {
    return new RowStrips(rows, ranked.subList(0, weights.length), weights);
  }

  @Override
  public Optional<SharedRun> of(Divisible run, double enough) {
    return of(run, LeastTime.of(observation, terms, run, ranked), enough);
  }

  @Override
  public Optional<SharedRun> of(Divisible run, LeastTime least, double enough) {
    int start = runs.start(run.layers());
    int end = runs.end(run.layers());
    Optional<SharedRun> best = Optional.empty();
    double seconds = enough;
    for (CrewRounds crew : promising(start, end, least)) {
      if (HOPE * crew.seconds(start, end) < seconds) {
        Optional<SharedRun> found = corrected(crew, start, end, seconds);
        if (found.isPresent()) {
          best = found;
          seconds = found.get().seconds();
        }
      }
    }
    return best;
  }

  /**
   * Those that are foretold to be the quickest, the quickest first. Fewer machines need more at
   * least: once that is too much nobody else is looked at.
   */
  private List<CrewRounds> promising(int start, int end, LeastTime least) {
    List<CrewRounds> best = new ArrayList<>();
    double enough = Double.POSITIVE_INFINITY; // seconds of the last of them, if there are so many
    for (int i = crews.size() - 1; i >= 0 && least.seconds(i + 2) < enough; i--) {
      best.add(crews.get(i));
      best.sort(Comparator.comparingDouble(crew -> crew.seconds(start, end)));
      if (best.size() > MOST_CREWS) {
        best.remove(MOST_CREWS);
      }
      if (best.size() == MOST_CREWS) {
        enough = best.get(MOST_CREWS - 1).seconds(start, end);
      }
    }
    return best;
  }

  /**
   * Some pricings, each with sizes that the one before has shown to be fairer, while that helps.
   */
  private Optional<SharedRun> corrected(CrewRounds crew, int start, int end, double enough) {
    List<Integer> ends = new ArrayList<>(crew.between(start, end));
    ends.add(0, start);
    ends.add(end);
    int machines = crew.rows().crew().size();
    double[] weights = Arrays.copyOf(Crew.speeds(observation, ranked), machines);
    Optional<SharedRun> best = Optional.empty();
    RowStrips now = crew.rows();
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= CORRECTIONS && now.canEnd(ends); i++) {
      Sharing sharing = sharing(now, ends);
      Hop.Shared hop = hop(now, ends, sharing);
      double seconds = seconds(hop);
      if (seconds < Math.min(enough, best.map(SharedRun::seconds).orElse(enough))) {
        best = Optional.of(SharedRun.of(runs.layers(start, end), sharing, seconds));
      }
      if (!(seconds < before)) {
        return best;
      }
      before = seconds;
      correct(hop, weights);
      now = strips(weights.clone());
    }
    return best;
  }

  /** What rounds take that end at these places, the first being where they begin. */
  double seconds(RowStrips rows, List<Integer> ends) {
    return seconds(hop(rows, ends, sharing(rows, ends)));
  }

  private double seconds(Hop.Shared hop) {
    return Gathering.seconds(hop, observation, terms.codec(), terms.airtime());
  }

  private Sharing sharing(RowStrips rows, List<Integer> ends) {
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i < ends.size() - 1; i++) {
      rounds.add(new Round(runs.layers(ends.get(i - 1), ends.get(i)), rows.pieces(ends.get(i))));
    }
    List<Piece> last = rows.pieces(ends.get(ends.size() - 1));
    List<Sharing.Share> shares = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      shares.add(new Sharing.Share(rows.crew().get(i), last.get(i)));
    }
    return Sharing.inRounds(shares, rounds);
  }

  private Hop.Shared hop(RowStrips rows, List<Integer> ends, Sharing sharing) {
    List<Funnel> layers = new ArrayList<>();
    List<List<Piece>> pieces = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      layers.add(runs.divisible(ends.get(i - 1), ends.get(i)).orElseThrow().funnel());
      pieces.add(rows.pieces(ends.get(i)));
    }
    Rounds rounds = Rounds.of(layers, pieces);
    return SharedHop.inRounds(rounds, sharing, observation, terms.codec());
  }

  /** Who takes longer than the mean, what it is handed included, gets less. */
  private void correct(Hop.Shared hop, double[] weights) {
    double[] seconds = new double[weights.length];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = Gathering.alone(hop.branches().get(i), observation, terms.codec());
    }
    for (Hop.Round round : hop.rounds()) {
      for (Hop.Halo halo : round.handed()) {
        int to = hop.branches().get(halo.to()).node();
        int helper = to == Stage.DEVICE ? hop.branches().get(halo.from()).node() : to;
        LinkState link = observation.server(helper).link();
        Bandwidth rate = to == Stage.DEVICE ? link.down() : link.up();
        seconds[halo.to()] += halo.bits() / rate.bitsPerSecond();
      }
    }
    double mean = Sum.mean(seconds);
    for (int i = 0; i < seconds.length; i++) {
      weights[i] *= mean / seconds[i];
    }
  }

  @Override
  public double least(Divisible run, LeastTime least) {
    int start = runs.start(run.layers());
    int end = runs.end(run.layers());
    double best = Double.POSITIVE_INFINITY;
    for (int i = crews.size() - 1; i >= 0 && least.seconds(i + 2) < best; i--) {
      best = Math.min(best, crews.get(i).seconds(start, end));
    }
    return HOPE * best;
  }
}
