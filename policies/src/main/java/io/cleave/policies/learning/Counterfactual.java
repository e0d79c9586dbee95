package io.cleave.policies.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds out what each way of a moment would have cost, its frame and those that follow: the same
 * world is run anew for each way, and from there on as the policy goes.
 *
 * <p>Source: the vine method of trust-region policy optimisation (Schulman et al., ICML 2015), with
 * the costs-to-go used as in AggreVaTe (Ross and Bagnell, arXiv 1406.5979). That all ways meet the
 * same links, loads and frames takes out nearly all noise.
 *
 * <p>Complexity: as many runs of a world as the moment has ways. Owned by one thread.
 */
final class Counterfactual {
  private static final double LEAST_COST = 0.05; // by which costs are divided
  private static final double MOST_BETTER = 1; // as a share
  private static final double MOST_WORSE =
      10; // much, since what is rare and bad must not be hidden

  private final Environment environment;
  private final Greedy policy;
  private final int horizon;

  /**
   * @param horizon frames that follow, whose cost counts
   */
  Counterfactual(Environment environment, Greedy policy, int horizon) {
    this.environment = environment;
    this.policy = policy;
    this.horizon = horizon;
  }

  /**
   * A moment of a world, drawn at random from those with a choice: how much more each way costs
   * than the policy's, as a share of what that costs. Empty if there is no choice.
   */
  Optional<Lesson> lesson(long seed, SplittableRandom random) {
    List<Integer> taken = new ArrayList<>();
    List<Integer> choices = new ArrayList<>();
    Moment moment = environment.reset(seed);
    boolean last = false;
    while (!last) {
      if (moment.ways() > 1) {
        choices.add(taken.size());
      }
      taken.add(policy.best(moment));
      Environment.Step step = environment.step(taken.get(taken.size() - 1));
      moment = step.moment();
      last = step.last();
    }
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(lesson(seed, taken, choices.get(random.nextInt(choices.size()))));
  }

  private Lesson lesson(long seed, List<Integer> taken, int at) {
    Moment moment = moment(seed, taken, at);
    double[] costs = new double[moment.ways()];
    costs[0] = costFrom(0);
    for (int way = 1; way < costs.length; way++) {
      moment(seed, taken, at);
      costs[way] = costFrom(way);
    }
    double own = costs[taken.get(at)];
    for (int way = 0; way < costs.length; way++) {
      double more = (costs[way] - own) / Math.max(LEAST_COST, own);
      costs[way] = Math.max(-MOST_BETTER, Math.min(MOST_WORSE, more));
    }
    return new Lesson(moment, costs);
  }

  private Moment moment(long seed, List<Integer> taken, int at) {
    Moment moment = environment.reset(seed);
    for (int i = 0; i < at; i++) {
      moment = environment.step(taken.get(i)).moment();
    }
    return moment;
  }

  private double costFrom(int way) {
    Environment.Step step = environment.step(way);
    double cost = -step.reward();
    for (int i = 0; i < horizon && !step.last(); i++) {
      step = environment.step(policy.best(step.moment()));
      cost -= step.reward();
    }
    return cost;
  }
}
