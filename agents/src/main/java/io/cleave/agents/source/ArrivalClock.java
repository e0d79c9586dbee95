package io.cleave.agents.source;

import io.cleave.agents.settings.Arrivals;
import java.util.SplittableRandom;

/**
 * When generated frames come in, one after the other: at a fixed rate from a random phase, or as a
 * Poisson process. The same seed gives the same times here as in the simulation, so that the two
 * can be compared frame by frame. Two clocks of one seed tell the same times, so that waiting
 * frames need no memory.
 */
public final class ArrivalClock {
  private final Arrivals arrivals;
  private final double framesPerSecond;
  private final double endSeconds;
  private final SplittableRandom random;
  private final double phase; // in intervals, in [0, 1)
  private long frame;
  private double seconds;

  /**
   * @param seed of the run; a simulated run draws the seed of its arrivals from it first
   * @param endSeconds after which no frame comes in; infinite for never
   */
  public ArrivalClock(Arrivals arrivals, double framesPerSecond, long seed, double endSeconds) {
    this.arrivals = arrivals;
    this.framesPerSecond = framesPerSecond;
    this.endSeconds = endSeconds;
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    this.phase = random.nextDouble();
    this.seconds = arrivals == Arrivals.PERIODIC ? phase / framesPerSecond : gap();
  }

  /** Number of the next frame, from 0. */
  public long frame() {
    return frame;
  }

  /** When the next frame comes in, since the start; infinite after the end. */
  public double seconds() {
    return seconds < endSeconds ? seconds : Double.POSITIVE_INFINITY;
  }

  /** On to the next frame. */
  public void advance() {
    frame++;
    seconds = arrivals == Arrivals.PERIODIC ? (frame + phase) / framesPerSecond : seconds + gap();
  }

  private double gap() {
    return -Math.log1p(-random.nextDouble()) / framesPerSecond;
  }
}
