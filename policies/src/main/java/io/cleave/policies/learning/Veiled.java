package io.cleave.policies.learning;

import java.util.function.UnaryOperator;

/**
 * A world that is seen otherwise than it is, to find out what the rest is worth to who learns.
 *
 * @param veil what is seen of a moment
 */
record Veiled(Environment world, UnaryOperator<Moment> veil) implements Environment {
  /** Nobody says what ways cost: all that ever answer are expected to cost nothing. */
  static Veiled fromScratch(Environment world) {
    return new Veiled(world, Veiled::untold);
  }

  private static Moment untold(Moment moment) {
    double[] expected = moment.expected().clone();
    for (int way = 0; way < expected.length; way++) {
      expected[way] = expected[way] < Double.POSITIVE_INFINITY ? 0 : expected[way];
    }
    return new Moment(moment.features(), expected);
  }

  @Override
  public Moment reset(long seed) {
    return veil.apply(world.reset(seed));
  }

  @Override
  public Step step(int way) {
    Step step = world.step(way);
    return new Step(veil.apply(step.moment()), step.reward(), step.terminated(), step.truncated());
  }
}
