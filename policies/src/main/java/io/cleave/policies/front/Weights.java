package io.cleave.policies.front;

/**
 * What one would wait to save something, in seconds; 0 for what does not matter. A plan is the
 * better the less seconds + what its other costs are worth.
 *
 * @param perJoule seconds for a joule of the device
 * @param perPoint seconds for a right answer more in a hundred
 * @param perServerSecond seconds for a second of a server
 */
public record Weights(double perJoule, double perPoint, double perServerSecond) {
  /** Time alone. */
  public static final Weights TIME = new Weights(0, 0, 0);

  public Weights {
    check(perJoule, "a joule");
    check(perPoint, "a point of accuracy");
    check(perServerSecond, "a server's second");
  }

  private static void check(double weight, String what) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "The weight of %s must be finite and at least 0 s, not %s.".formatted(what, weight));
    }
  }

  /** All of a plan's costs in seconds; infinite if it never answers. */
  public double cost(Costs costs) {
    return costs.seconds() == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : costs.seconds()
            + worth(perJoule, costs.joules())
            + worth(perPoint, costs.lossPoints())
            + worth(perServerSecond, costs.serverSeconds());
  }

  private static double worth(double weight, double amount) {
    return weight == 0 ? 0 : weight * amount;
  }
}
