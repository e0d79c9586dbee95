package io.cleave.policies.wire;

/**
 * Order of an agent's reports, which never comes from a clock.
 *
 * @param epoch number of the agent's session, ascending over restarts, at least 0
 * @param sequence number of the report within the session, ascending, at least 0
 */
public record Stamp(long epoch, long sequence) implements Comparable<Stamp> {
  public Stamp {
    if (epoch < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "Epoch and sequence must be at least 0, not %d and %d.".formatted(epoch, sequence));
    }
  }

  @Override
  public int compareTo(Stamp other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
  }
}
