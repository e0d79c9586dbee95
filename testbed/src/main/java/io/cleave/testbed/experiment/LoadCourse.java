package io.cleave.testbed.experiment;

import io.cleave.testbed.world.LoadSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How much others slow a server down, given the seed of the run. */
public interface LoadCourse {
  /** The course of one run. */
  LoadSeries series(long seed);

  /** Nobody else is there. */
  LoadCourse IDLE = seed -> LoadSeries.IDLE;

  /** The same in every run. */
  static LoadCourse given(LoadSeries series) {
    return seed -> series;
  }

  /**
   * A walk between the levels 1, 1.25, 1.5, 2 and 3: every five seconds it stays, goes one up or
   * goes one down with equal chance. Lasts an hour before it repeats.
   *
   * @param server place in the list of servers, so that no two have the same course
   */
  static LoadCourse seeded(int server) {
    return seed -> {
      double[] levels = {1, 1.25, 1.5, 2, 3};
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + server);
      List<Double> slowdown = new ArrayList<>();
      int level = random.nextInt(levels.length);
      for (int step = 0; step < 720; step++) {
        slowdown.add(levels[level]);
        level = Math.max(0, Math.min(levels.length - 1, level + random.nextInt(3) - 1));
      }
      return new LoadSeries(5, slowdown);
    };
  }
}
