package io.cleave.policies.learning;

import java.util.List;

/**
 * How a policy does against the cost model alone, in the same worlds.
 *
 * @param ratio of costs, geometric mean over the worlds: below 1 if what was learned is worth
 *     something. (Of a mean that adds, a few overloaded worlds would be nearly all.)
 * @param spread standard error of its logarithm
 * @param changed share of the choices in which it does otherwise
 */
public record Trial(double ratio, double spread, double changed) {
  /** What a policy cost in a world, and how often it chose otherwise than the cost model would. */
  record Run(double cost, long choices, long changed) {}

  /** Runs a world to its end. */
  static Run run(Environment environment, long seed, Greedy policy) {
    Moment moment = environment.reset(seed);
    double cost = 0;
    long choices = 0;
    long changed = 0;
    boolean last = false;
    while (!last) {
      int way = policy.best(moment);
      choices++;
      changed += way == Greedy.best(moment.expected()) ? 0 : 1;
      Environment.Step step = environment.step(way);
      cost -= step.reward();
      moment = step.moment();
      last = step.last();
    }
    return new Run(cost, choices, changed);
  }

  /**
   * Sums up.
   *
   * @param base [world] under the cost model alone
   */
  static Trial of(List<Run> runs, List<Run> base) {
    double[] logs = new double[runs.size()];
    double mean = 0;
    long choices = 0;
    long changed = 0;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(runs.get(i).cost() / base.get(i).cost());
      mean += logs[i] / logs.length;
      choices += runs.get(i).choices();
      changed += runs.get(i).changed();
    }
    double squares = 0;
    for (double log : logs) {
      squares += (log - mean) * (log - mean);
    }
    double error = Math.sqrt(squares / (logs.length - 1) / logs.length);
    return new Trial(Math.exp(mean), error, (double) changed / choices);
  }
}
