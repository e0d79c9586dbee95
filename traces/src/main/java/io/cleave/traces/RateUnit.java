package io.cleave.traces;

/** What a rate in a two-column text counts. Mega is 10^6; links count bits. */
public enum RateUnit {
  MBPS(1e6),
  KBPS(1e3);

  private final double bitsPerSecond;

  RateUnit(double bitsPerSecond) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /** Bit/s in one unit. */
  public double bitsPerSecond() {
    return bitsPerSecond;
  }
}
