package io.cleave.policies.learning;

import java.util.SplittableRandom;

/**
 * A world in which the way that the cost model prefers costs more in the end: it takes 0.5 at once,
 * and 1 of the next step; the other takes 0.8. Now and then there is no choice.
 */
final class Temptation implements Environment {
  static final int STEPS = 12;

  private static final float[] TEMPTING = row(1);
  private static final float[] SOBER = row(0);

  private SplittableRandom random = new SplittableRandom(0);
  private Moment moment = moment(true);
  private int done = STEPS;
  private double debt;

  private static float[] row(float value) {
    float[] row = new float[Moment.WIDTH];
    row[Features.OF_LINK] = value;
    return row;
  }

  private static Moment moment(boolean choice) {
    if (!choice) {
      return new Moment(new float[Moment.WIDTH], new double[] {1});
    }
    float[] features = new float[3 * Moment.WIDTH];
    System.arraycopy(TEMPTING, 0, features, Moment.WIDTH, Moment.WIDTH);
    System.arraycopy(SOBER, 0, features, 2 * Moment.WIDTH, Moment.WIDTH);
    return new Moment(features, new double[] {1, 0.5, 0.8});
  }

  @Override
  public Moment reset(long seed) {
    random = new SplittableRandom(seed);
    done = 0;
    debt = 0;
    moment = moment(random.nextInt(4) > 0);
    return moment;
  }

  @Override
  public Step step(int way) {
    double cost = debt + moment.expected()[way];
    debt = way == 1 ? 1 : 0;
    done++;
    moment = moment(random.nextInt(4) > 0);
    return new Step(moment, -cost, false, done == STEPS);
  }
}
