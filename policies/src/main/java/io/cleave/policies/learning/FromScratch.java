package io.cleave.policies.learning;

/**
 * A world in which nobody says what ways cost: all that answer are expected to cost nothing. To see
 * what the cost model is worth to who learns.
 */
record FromScratch(Environment world) implements Environment {
  @Override
  public Moment reset(long seed) {
    return untold(world.reset(seed));
  }

  @Override
  public Step step(int way) {
    Step step = world.step(way);
    return new Step(untold(step.moment()), step.reward(), step.terminated(), step.truncated());
  }

  private static Moment untold(Moment moment) {
    double[] expected = moment.expected().clone();
    for (int way = 0; way < expected.length; way++) {
      expected[way] = expected[way] < Double.POSITIVE_INFINITY ? 0 : expected[way];
    }
    return new Moment(moment.features(), expected);
  }
}
