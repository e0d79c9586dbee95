package io.cleave.testbed.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When a device is there. While it is away no frames come in, and it neither reports nor probes;
 * frames under way when it goes are still finished.
 */
public final class Presence {
  /** From the begin to the end. */
  public static final Presence ALWAYS = new Presence(true, new double[0]);

  private final boolean first;
  private final double[] changes; // seconds at which it goes or comes, ascending

  private Presence(boolean first, double[] changes) {
    this.first = first;
    this.changes = changes;
  }

  /**
   * Comes and goes at random, each time for an exponentially distributed while.
   *
   * @param staySeconds on average, above 0
   * @param awaySeconds on average, above 0
   * @param untilSeconds there are no more changes from then on
   * @param random draws whether it is there at first, and all whiles
   */
  public static Presence random(
      double staySeconds, double awaySeconds, double untilSeconds, SplittableRandom random) {
    boolean first = random.nextDouble() < staySeconds / (staySeconds + awaySeconds);
    double[] changes = new double[4];
    int count = 0;
    boolean there = first;
    double time = 0;
    while (true) {
      time += -Math.log1p(-random.nextDouble()) * (there ? staySeconds : awaySeconds);
      if (time >= untilSeconds) {
        return new Presence(first, Arrays.copyOf(changes, count));
      }
      if (count == changes.length) {
        changes = Arrays.copyOf(changes, 2 * count);
      }
      changes[count++] = time;
      there = !there;
    }
  }

  /** True if it is there; at the moment of a change it has just come, or just gone. */
  public boolean at(double seconds) {
    return first == (passed(seconds) % 2 == 0);
  }

  /** When it comes or goes next, after a moment; infinite if it does not any more. */
  public double next(double seconds) {
    int passed = passed(seconds);
    return passed < changes.length ? changes[passed] : Double.POSITIVE_INFINITY;
  }

  private int passed(double seconds) {
    int found = Arrays.binarySearch(changes, seconds);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
