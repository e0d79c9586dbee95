package io.cleave.policies.exits;

/** In which of the known states one link is, by its observed uplink rates. */
final class Regime {
  /**
   * What runs of rates look like, in natural logarithms of bit/s: levels around 3 Mbit/s, a factor
   * of 4.5 either way (1 / sqrt(0.04) deviations of 0.3); rates in a run vary by some 30 per cent.
   */
  static final ChangePoints.Prior PRIOR = new ChangePoints.Prior(Math.log(3e6), 0.04, 2, 0.09);

  /** State of a link that carries nothing. */
  static final int OUTAGE = -1;

  /** Samples from which on a new run's level is taken as known. */
  private static final int SETTLED = 10;

  private final BandwidthStates states;
  private final ChangePoints changes;
  private int sinceChange;
  private int running; // state apart from outages
  private int state = OUTAGE - 1; // none yet

  Regime(BandwidthStates states, double expectedRun) {
    this.states = states;
    this.changes = new ChangePoints(PRIOR, expectedRun);
  }

  /**
   * Takes an observed rate; true if the link is in another state than before. The state is read off
   * when a change is announced, and until the new run's level is known.
   */
  boolean observe(double bitsPerSecond) {
    int before = state;
    if (bitsPerSecond == 0) {
      state = OUTAGE;
      return state != before;
    }
    double logRate = Math.log(bitsPerSecond);
    sinceChange = changes.add(logRate) ? 0 : sinceChange + 1;
    if (sinceChange < SETTLED) {
      running = states.nearest(changes.level());
    }
    state = running;
    return state != before;
  }

  /** Seconds per bit of the state; infinite during an outage. */
  double secondsPerBit() {
    return state < 0 ? Double.POSITIVE_INFINITY : 1 / states.bitsPerSecond().get(state);
  }
}
