package io.cleave.traces;

/** The unit of a recording's rates; mega is 10^6, kilo 10^3, and both count bits. */
public enum RateUnit {
  MBPS("Mbit/s", 1e6),
  KBPS("kbit/s", 1e3),
  BPS("bit/s", 1);

  private final String label;
  private final double bitsPerSecond;

  RateUnit(String label, double bitsPerSecond) {
    this.label = label;
    this.bitsPerSecond = bitsPerSecond;
  }

  public String label() {
    return label;
  }

  public double toBitsPerSecond(double rate) {
    return rate * bitsPerSecond;
  }
}
