package io.cleave.policies.learning;

import java.util.SplittableRandom;

/** A world in which the state says which action costs nothing; every other one costs 1. */
final class Weathercock implements Environment {
  private static final int STEPS = 20;

  private SplittableRandom random = new SplittableRandom(0);
  private int wanted;
  private int steps;

  static Moment moment(int wanted) {
    float[] features = new float[FixedActions.COUNT * Moment.WIDTH];
    features[wanted] = 1;
    return new Moment(features, new double[FixedActions.COUNT]);
  }

  @Override
  public Moment reset(long seed) {
    random = new SplittableRandom(seed);
    steps = 0;
    return next();
  }

  private Moment next() {
    wanted = random.nextInt(FixedActions.COUNT);
    return moment(wanted);
  }

  @Override
  public Step step(int way) {
    double reward = way == wanted ? 0 : -1;
    return new Step(next(), reward, false, ++steps == STEPS);
  }
}
