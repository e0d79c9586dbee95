package io.cleave.policies.learning;

import java.util.List;

/**
 * How a deep Q-network is trained.
 *
 * @param seed of all that is drawn
 * @param steps frames in worlds
 * @param memory of the last steps
 * @param batch steps a descent
 * @param every so many steps one descent
 * @param follow descents after which the target follows
 * @param rate of learning
 * @param discount of the next frame's value
 * @param explored share of the steps over which exploring goes down from all to {@code curious}
 * @param curious share of actions drawn at random from then on
 * @param least reward that counts; one overloaded world would else be nearly all
 * @param hidden sizes of the hidden layers
 */
public record DeepQRecipe(
    long seed,
    int steps,
    int memory,
    int batch,
    int every,
    int follow,
    double rate,
    double discount,
    double explored,
    double curious,
    double least,
    List<Integer> hidden) {
  public DeepQRecipe {
    hidden = List.copyOf(hidden);
    if (steps < 1 || memory < batch || batch < 1 || every < 1 || follow < 1) {
      throw new IllegalArgumentException(
          "A training has at least 1 step and 1 step a descent, and remembers a batch, not %d, %d and %d of %d."
              .formatted(steps, every, memory, batch));
    }
  }

  /** The one that shipped weights were trained by, but for the seed. */
  public static DeepQRecipe standard(long seed) {
    return new DeepQRecipe(
        seed, 1_200_000, 100_000, 128, 4, 1_000, 1e-3, 0.8, 0.5, 0.02, -4, List.of(64, 64));
  }

  /** Just enough to see that all goes together. */
  public static DeepQRecipe smoke(long seed) {
    return new DeepQRecipe(seed, 2_000, 1_000, 32, 4, 50, 1e-3, 0.8, 0.5, 0.05, -4, List.of(16));
  }
}
