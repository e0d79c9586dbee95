package io.cleave.policies.control;

/**
 * Watches the transfers in one direction of a link, one at a time, while they are under way: an
 * outage shows as progress that does not come. Owned by one thread.
 */
public final class TransferMeter {
  /** Progress is sampled no more often than this. */
  public static final double STEP_SECONDS = 0.02;

  private final RateEstimator estimator;
  private double promised;
  private double startSeconds;
  private double markSeconds;
  private double markBits;
  private boolean running;

  public TransferMeter(RateEstimator estimator) {
    this.estimator = estimator;
  }

  public boolean running() {
    return running;
  }

  public double startSeconds() {
    return startSeconds;
  }

  /**
   * The next transfer has the link from now on.
   *
   * @param promisedBitsPerSecond rate at which it was decided on; 0 if none was
   */
  public void start(double nowSeconds, double promisedBitsPerSecond) {
    promised = promisedBitsPerSecond;
    startSeconds = nowSeconds;
    markSeconds = nowSeconds;
    markBits = 0;
    running = true;
  }

  /** So many bits of it have crossed. */
  public void progress(double bits, double nowSeconds) {
    if (running && nowSeconds - markSeconds >= STEP_SECONDS && telling(bits, nowSeconds)) {
      take(bits, nowSeconds);
    }
  }

  /** It is over, complete or cancelled; a rest too small to say anything is let go. */
  public void end(double bits, double nowSeconds) {
    if (telling(bits, nowSeconds)) {
      take(bits, nowSeconds);
    }
    double seconds = nowSeconds - startSeconds;
    if (RateEstimator.telling(bits, seconds)) {
      estimator.outcome(promised, bits / seconds, nowSeconds);
    }
    running = false;
  }

  private boolean telling(double bits, double nowSeconds) {
    return RateEstimator.telling(bits - markBits, nowSeconds - markSeconds);
  }

  private void take(double bits, double nowSeconds) {
    estimator.sample(bits - markBits, nowSeconds - markSeconds, nowSeconds);
    markSeconds = nowSeconds;
    markBits = bits;
  }
}
