package io.cleave.policies.learning;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a policy is trained.
 *
 * @param seed of all that is drawn
 * @param rounds in each of which the policy of the round before is improved
 * @param lessons a round
 * @param steps down a round
 * @param batch lessons a step
 * @param rate of learning
 * @param temperature cost, as a share, by which a way is e times less likely
 * @param caution what the square of a correction costs
 * @param horizon frames that follow a moment and whose cost counts
 * @param hidden sizes of the hidden layers
 * @param trials worlds that a policy is tried in after each round
 * @param residual true to learn what the cost model gets wrong, false to learn all from scratch
 */
public record PolicyRecipe(
    long seed,
    int rounds,
    int lessons,
    int steps,
    int batch,
    double rate,
    double temperature,
    double caution,
    int horizon,
    List<Integer> hidden,
    int trials,
    boolean residual) {
  public PolicyRecipe {
    hidden = List.copyOf(hidden);
    if (rounds < 1 || lessons < 1 || steps < 0 || batch < 1 || horizon < 0 || trials < 2) {
      throw new IllegalArgumentException(
          "A training has at least 1 round, 1 lesson a round, 1 lesson a step and 2 trials, not %d, %d, %d and %d."
              .formatted(rounds, lessons, batch, trials));
    }
  }

  /** The one that shipped weights were trained by, but for the seed. */
  public static PolicyRecipe standard(long seed) {
    return new PolicyRecipe(
        seed, 4, 12_000, 500, 512, 1e-3, 0.02, 0.05, 15, List.of(64, 32), 3_000, true);
  }

  /** Just enough to see that all goes together. */
  public static PolicyRecipe smoke(long seed) {
    return new PolicyRecipe(seed, 2, 60, 10, 32, 1e-3, 0.02, 0.1, 5, List.of(16), 4, true);
  }

  /** The same without the cost model's help, which corrections then need not be shy of. */
  public PolicyRecipe fromScratch() {
    return new PolicyRecipe(
        seed, rounds, lessons, steps, batch, rate, temperature, 0, horizon, hidden, trials, false);
  }

  /** For the notes of a file. */
  Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>();
    notes.put("recipe", toString());
    notes.put(TrainedPolicy.RESIDUAL, Boolean.toString(residual));
    return notes;
  }
}
