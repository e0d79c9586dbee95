package io.cleave.policies.learning;

/**
 * A world in which a policy decides frame by frame, in the sense of Gymnasium (Farama Foundation):
 * reset, then step after step. Deterministic: equal seeds and actions give equal steps.
 */
public interface Environment {
  /**
   * What an action led to.
   *
   * @param moment the next to be decided; of a last step the one before, which has no meaning
   * @param reward minus the frames' seconds, and joules at their price, since the last step, those
   *     of frames that wait included; a share of the seconds that the device takes by itself
   * @param terminated true if the world has come to an end of its own; no world of ours does
   * @param truncated true if the recording ends, though the world would go on
   */
  record Step(Moment moment, double reward, boolean terminated, boolean truncated) {
    /** True if nothing can be done any more but to reset. */
    public boolean last() {
      return terminated || truncated;
    }
  }

  /** Begins another world; what is decided first. */
  Moment reset(long seed);

  /**
   * Runs the frame in this way.
   *
   * @param way from 0 to the moment's ways
   * @throws IllegalStateException after the last step, or before the first reset
   */
  Step step(int way);
}
