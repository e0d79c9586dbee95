package io.cleave.policies.units;

/**
 * A link rate. Mega is 10^6 and the unit is bits, as on every link.
 *
 * @param bitsPerSecond finite and at least 0; 0 is an outage
 */
public record Bandwidth(double bitsPerSecond) implements Comparable<Bandwidth> {
  public Bandwidth {
    if (!(bitsPerSecond >= 0) || Double.isInfinite(bitsPerSecond)) {
      throw new IllegalArgumentException(
          "A link rate must be finite and at least 0 bit/s, not %s.".formatted(bitsPerSecond));
    }
  }

  public static Bandwidth mbps(double megabitsPerSecond) {
    return new Bandwidth(megabitsPerSecond * 1e6);
  }

  public double mbps() {
    return bitsPerSecond / 1e6;
  }

  /** Seconds per bit, the abscissa of a plan table; infinite during an outage. */
  public double secondsPerBit() {
    return 1 / bitsPerSecond;
  }

  /** Seconds that this many bytes take at this rate; 0 for no bytes even during an outage. */
  public double seconds(ByteCount size) {
    return size.bytes() == 0 ? 0 : size.bits() / bitsPerSecond;
  }

  @Override
  public int compareTo(Bandwidth other) {
    return Double.compare(bitsPerSecond, other.bitsPerSecond);
  }
}
