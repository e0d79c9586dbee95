package io.cleave.policies.control;

/**
 * When an idle link is probed and with how much: after a quarter of a second without traffic, then
 * at intervals that double up to one second while probes only confirm what is known or get lost,
 * and start anew as soon as one brings news. A probe is worth 10 ms of the estimated rate, within
 * [{@value #SMALLEST_BITS}, {@value #LARGEST_BITS}] bits, gives way to frames, and is given up
 * after two seconds; so an idle link carries about a per cent of its capacity in probes, and a link
 * that came back is noticed within three seconds. Owned by one thread.
 */
public final class ProbeSchedule {
  static final double SMALLEST_BITS = 16_384;
  static final double LARGEST_BITS = 262_144;
  static final double FIRST_SECONDS = 0.25;
  static final double LONGEST_SECONDS = 1;

  /** A probe that takes longer is given up; what it brought across still counts. */
  public static final double TIMEOUT_SECONDS = 2;

  private static final double WORTH_SECONDS = 0.01;
  private static final double NEWS = 0.1;

  private double interval = FIRST_SECONDS;
  private double dueSeconds;

  /** When the next probe is to be sent if the link stays idle; 0 at first: at once. */
  public double dueSeconds() {
    return dueSeconds;
  }

  /** Size of a probe at this estimate, in bits. */
  public double bits(double estimateBitsPerSecond) {
    double worth = estimateBitsPerSecond * WORTH_SECONDS;
    return Math.max(SMALLEST_BITS, Math.min(LARGEST_BITS, worth));
  }

  /** Other traffic measured the link until now. */
  public void traffic(double nowSeconds) {
    interval = FIRST_SECONDS;
    dueSeconds = nowSeconds + interval;
  }

  /** A probe came through and moved the estimate from {@code before} to {@code after}. */
  public void answered(double before, double after, double nowSeconds) {
    boolean news = Math.abs(after - before) > NEWS * before;
    interval = news ? FIRST_SECONDS : Math.min(LONGEST_SECONDS, 2 * interval);
    dueSeconds = nowSeconds + interval;
  }

  /** A probe was given up. */
  public void lost(double nowSeconds) {
    interval = Math.min(LONGEST_SECONDS, 2 * interval);
    dueSeconds = nowSeconds + interval;
  }
}
