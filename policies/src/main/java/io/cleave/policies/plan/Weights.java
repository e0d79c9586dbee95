package io.cleave.policies.plan;

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

  /** Time and joules. */
  public static Weights ofJoules(double perJoule) {
    return new Weights(perJoule, 0, 0);
  }

  /** True if nothing but time has a price. */
  public boolean timeAlone() {
    return perJoule == 0 && perPoint == 0 && perServerSecond == 0;
  }

  /** What so many joules are worth in seconds; nothing without a price, even if endless. */
  public double joules(double joules) {
    return worth(perJoule, joules);
  }

  /** What so many lost points are worth in seconds; below 0 if they are won. */
  public double points(double lossPoints) {
    return worth(perPoint, lossPoints);
  }

  /** What so much of servers' time is worth in seconds. */
  public double serverSeconds(double serverSeconds) {
    return worth(perServerSecond, serverSeconds);
  }

  private static double worth(double weight, double amount) {
    return weight == 0 ? 0 : weight * amount;
  }
}
