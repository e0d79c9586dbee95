package io.cleave.policies.partition;

/**
 * What a tensor pays to cross.
 *
 * @param secondsPerBit of its bits on the wire; may be infinite
 * @param codecShare of its codec's seconds that count, 0 or 1
 */
record Toll(double secondsPerBit, double codecShare) {
  /** Its bits alone. */
  static final Toll BITS = new Toll(1, 0);

  /** At a rate of the uplink. */
  static Toll at(double secondsPerBit) {
    return new Toll(secondsPerBit, 1);
  }

  /** Of something with so many bits and codec seconds; what does not cross is free. */
  double of(double bits, double codecSeconds) {
    return bits == 0 ? 0 : bits * secondsPerBit + codecShare * codecSeconds;
  }
}
