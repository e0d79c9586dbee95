package io.cleave.traces;

/** What a rate in a two-column text counts. Mega is 10^6; links count bits. */
public enum RateUnit {
  MBPS("Mbit/s", 1e6),
  KBPS("kbit/s", 1e3);

  private final String label;
  private final double bitsPerSecond;

  RateUnit(String label, double bitsPerSecond) {
    this.label = label;
    this.bitsPerSecond = bitsPerSecond;
  }

  /** As people write it: Mbit/s or kbit/s. */
  public String label() {
    return label;
  }

  /** Bit/s in one unit. */
  public double bitsPerSecond() {
    return bitsPerSecond;
  }
}
