package io.cleave.testbed.world;

import io.cleave.policies.learning.Environment;
import io.cleave.policies.learning.Moment;
import io.cleave.policies.learning.Sight;
import io.cleave.policies.learning.WorldView;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The simulated world as an environment: one device, and a step a frame. What is known at each step
 * is what the planner saw of the report that the last decision rests on, and the device's freshest
 * estimates, as it is for planners.
 *
 * <p>The sum of a world's rewards is minus the seconds of all its frames, and their joules at their
 * price: at each moment every frame that is in costs a second a second.
 */
public final class WorldEnvironment implements Environment {
  private final LongFunction<Scenario> worlds;
  private final Supplier<Sight> sights;
  private Optional<Episode> episode = Optional.empty();

  /** One whose ways are those that are best at some rate. */
  public WorldEnvironment(LongFunction<Scenario> worlds) {
    this(worlds, WorldView::new);
  }

  /**
   * @param worlds makes one from a seed
   * @param sights makes the ways that are chosen from, for a world
   */
  public WorldEnvironment(LongFunction<Scenario> worlds, Supplier<Sight> sights) {
    this.worlds = worlds;
    this.sights = sights;
  }

  /** A world in which no frame comes in after the first decision is left for another. */
  @Override
  public Moment reset(long seed) {
    Episode begun = new Episode(worlds.apply(seed), sights.get(), seed);
    SplittableRandom others = new SplittableRandom(seed);
    while (begun.isOver()) {
      long other = others.nextLong();
      begun = new Episode(worlds.apply(other), sights.get(), other);
    }
    episode = Optional.of(begun);
    return begun.moment();
  }

  private Episode going() {
    return episode
        .filter(now -> !now.isOver())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The world is at its end, or has none begun. Reset it before the next step."));
  }

  @Override
  public Step step(int way) {
    Episode now = going();
    if (way < 0 || way >= now.moment().ways()) {
      throw new IllegalArgumentException(
          "The frame can run in %d ways; there is no number %d."
              .formatted(now.moment().ways(), way));
    }
    double reward = -now.run(way);
    return new Step(now.moment(), reward, false, now.isOver());
  }
}
