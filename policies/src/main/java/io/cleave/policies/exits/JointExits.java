package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;

/**
 * Chooses exits, their thresholds, the cut, the codec and the server together: the yardstick for
 * every other way to leave early. Either the least mean latency that keeps an accuracy, or the most
 * right answers within the deadline. Where joules, right answers or servers' seconds have a price,
 * the former is the least mean cost; the latter weighs nothing against an answer in time.
 *
 * <p>Source: ours. Its closed form of the mean latency is PORTEND's (ICPADS 2023), which searches
 * exhaustively for minutes; BranchyNet (ICPR 2016) and Edgent (MECOMM 2018) are special cases.
 *
 * <p>Complexity: {@link ChoiceSearch} and {@link ExitSet} once for a network; then, for each report
 * and server, for C choices of s exits and h cuts of a segment that no other dominates: O(n log n)
 * with n = C s h lines for the latency, O(n s r) with r known errors of the rate for the deadline.
 *
 * <p>Idea: where in a segment a frame is handed over matters to all frames that reach the segment
 * alike. So the best cut of a segment depends on the rate only and not on any threshold, and a
 * choice's mean latency is a line in seconds per bit. The table over all rates is the lower
 * envelope of all lines; for right answers within a deadline it is a staircase, since each answer
 * is in time up to one rate and late above. Estimates of the rate are taken to be as wrong as often
 * as they have been.
 *
 * <p>Assumes: what {@link io.cleave.policies.cost.CostModel} assumes; images to come are like those
 * for calibration; codecs cost as many right answers as was measured of the tensors that cross, and
 * none where nothing was.
 *
 * <p>Exact: no exits of the network, thresholds of the grid, first-device cut or codec allowed
 * gives less, but for (1) more early exits than the bound, (2) segments with more than 4,096 cuts.
 *
 * <p>Keeps what it prepared for the last network. Owned by one thread.
 */
public final class JointExits implements Planner {
  private static final double ROUNDING = 1e-9;
  private static final double FOREVER = Double.POSITIVE_INFINITY;

  private final Goal goal;
  private final Settings settings;
  private final ChoiceBook fast;
  private final ChoiceBook right;
  private final Planner trunk;

  /** What is made as good as possible. */
  public enum Goal {
    /** The next one without a deadline, the last one with one. */
    AUTO,
    /** Least mean latency, with no more than a bounded loss of accuracy. */
    LATENCY,
    /** Most right answers within the deadline; at equal rights the least mean latency. */
    ACCURACY
  }

  /**
   * How far it searches.
   *
   * @param loss of accuracy against the last exit alone that is allowed, 0 to 1; for latency
   * @param mostEarly exits that are asked before the last one, at most
   * @param steps of each exit's grid of thresholds
   * @param codecs that may be used
   * @param hedged whether the device carries on alone so that a frame whose answer does not come is
   *     still in time, if it can be
   */
  public record Settings(
      double loss, int mostEarly, int steps, List<Codec> codecs, boolean hedged) {
    public Settings {
      codecs = List.copyOf(codecs);
      if (!(loss >= 0 && loss <= 1) || mostEarly < 0 || steps < 1 || codecs.isEmpty()) {
        throw new IllegalArgumentException(
            "A search takes a loss in 0..1, at least 0 early exits, 1 threshold and 1 codec, not %s, %d, %d and %s."
                .formatted(loss, mostEarly, steps, codecs));
      }
    }
  }

  /** One that only cuts networks of which no exits are known, with tensors as they are. */
  public JointExits(Goal goal, Settings settings) {
    this(goal, settings, new BlockMinCut());
  }

  /**
   * The same with another way to cut these.
   *
   * @param trunk for networks of which no exits are known
   */
  public JointExits(Goal goal, Settings settings, Planner trunk) {
    this.goal = goal;
    this.trunk = trunk;
    this.settings = settings;
    this.fast = new ChoiceBook(answers -> fast(answers, settings));
    this.right = new ChoiceBook(answers -> right(answers, settings));
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  private static List<Choice> right(ExitAnswers answers, Settings settings) {
    return ChoiceSearch.of(answers, settings.mostEarly(), settings.steps(), Choice::noFewerRight);
  }

  private static List<Choice> fast(ExitAnswers answers, Settings settings) {
    double floor = floor(answers, settings);
    return ChoiceSearch.of(
            answers, settings.mostEarly(), settings.steps(), Choice::noLaterAndAsRight)
        .stream()
        .filter(choice -> choice.accuracy() >= floor)
        .toList();
  }

  private static double floor(ExitAnswers answers, Settings settings) {
    return answers.accuracy(answers.exits().size() - 1) - settings.loss() - ROUNDING;
  }

  /**
   * A table towards the server that does best at the observed rate. A network of which no exits are
   * known is only cut.
   */
  @Override
  public PlanTable plan(Observation observation) {
    if (observation.exits().isEmpty()) {
      return trunk.plan(observation);
    }
    boolean timed =
        goal == Goal.ACCURACY
            || (goal == Goal.AUTO && observation.demand().deadlineSeconds() < FOREVER);
    ExitAnswers answers = observation.exits().get();
    List<ChoiceBook.Group> groups = (timed ? right : fast).of(observation.graph(), answers);
    Staircase.Merit best = merit(observation, 1, groups, timed);
    for (int node = 2; node <= observation.servers().size(); node++) {
      Staircase.Merit merit = merit(observation, node, groups, timed);
      best = merit.better(best) ? merit : best;
    }
    return best.table();
  }

  private Staircase.Merit merit(
      Observation seen, int node, List<ChoiceBook.Group> groups, boolean timed) {
    double floor = floor(seen.exits().orElseThrow(), settings);
    Bids bids = new Bids(seen, node, groups, settings, floor);
    return timed ? bids.mostRight() : bids.fastest();
  }
}
