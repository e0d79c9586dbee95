package io.cleave.policies.learning;

/**
 * The ways to run the frame that starts now, as a policy sees them. Costs are shares of the seconds
 * that the device takes by itself. The first way is all local.
 *
 * @param features [way x feature] row by row: those of the link, then those of the way
 * @param expected [way] cost by the cost model; infinite if a way never answers
 */
@SuppressWarnings("ArrayRecordComponent") // made anew each frame; nobody compares them
public record Moment(float[] features, double[] expected) {
  /** How many features a way has. */
  public static final int WIDTH = LinkFeature.values().length + WayFeature.values().length;

  /** Nothing to decide. */
  public static final Moment NONE = new Moment(new float[WIDTH], new double[1]);

  public Moment {
    if (features.length != WIDTH * expected.length || expected.length == 0) {
      throw new IllegalArgumentException(
          "%d ways have %d features each, not %d altogether."
              .formatted(expected.length, WIDTH, features.length));
    }
  }

  public int ways() {
    return expected.length;
  }
}
