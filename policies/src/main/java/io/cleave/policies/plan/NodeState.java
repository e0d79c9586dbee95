package io.cleave.policies.plan;

import io.cleave.policies.profile.LayerTimes;

/**
 * A machine as last reported.
 *
 * @param name shown to people
 * @param times for the network at hand, the present load included
 * @param queueSeconds that a new frame waits before it is served
 */
public record NodeState(String name, LayerTimes times, double queueSeconds) {
  public NodeState {
    if (!(queueSeconds >= 0) || Double.isInfinite(queueSeconds)) {
      throw new IllegalArgumentException(
          "The queue of %s must be finite and at least 0 s, not %s.".formatted(name, queueSeconds));
    }
  }
}
