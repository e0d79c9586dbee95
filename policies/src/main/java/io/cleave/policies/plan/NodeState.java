package io.cleave.policies.plan;

import io.cleave.policies.profile.LayerTimes;

/**
 * A machine as last reported.
 *
 * @param name shown to people
 * @param times for the network at hand, the present load included
 * @param queueSeconds that a new frame waits before it is served
 * @param memoryBytes that one plan may take there, weights and tensors together, at least 0; {@link
 *     #UNLIMITED} if any plan may
 */
public record NodeState(String name, LayerTimes times, double queueSeconds, long memoryBytes) {
  /** More than any plan takes. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  public NodeState {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "The memory of %s must be at least 0 bytes, not %d.".formatted(name, memoryBytes));
    }
    if (!(queueSeconds >= 0) || Double.isInfinite(queueSeconds)) {
      throw new IllegalArgumentException(
          "The queue of %s must be finite and at least 0 s, not %s.".formatted(name, queueSeconds));
    }
  }

  /** A machine with memory for any plan. */
  public NodeState(String name, LayerTimes times, double queueSeconds) {
    this(name, times, queueSeconds, UNLIMITED);
  }

  /** True if any plan has room there. */
  public boolean unlimited() {
    return memoryBytes == UNLIMITED;
  }

  /** The same machine with other work before it. */
  public NodeState withQueue(double seconds) {
    return new NodeState(name, times, seconds, memoryBytes);
  }

  /** The same machine, slower or faster. */
  public NodeState with(LayerTimes newTimes) {
    return new NodeState(name, newTimes, queueSeconds, memoryBytes);
  }
}
