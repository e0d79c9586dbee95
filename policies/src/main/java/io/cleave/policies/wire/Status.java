package io.cleave.policies.wire;

import java.util.Optional;

/**
 * Whether an agent is there. The birth says what it can do; the will, which the broker publishes
 * when the agent is gone, carries the epoch of the session that it ends, so that a will that comes
 * after the next birth is known for what it is.
 *
 * @param agent that it is about
 * @param epoch of the session, as in {@link Stamp}
 * @param capabilities present in a birth, absent in a will or a farewell
 */
public record Status(String agent, long epoch, Optional<Capabilities> capabilities) {
  public Status {
    if (epoch < 0) {
      throw new IllegalArgumentException("An epoch must be at least 0, not %d.".formatted(epoch));
    }
  }

  /** The broker's or the agent's own word that the session is over. */
  public static Status offline(String agent, long epoch) {
    return new Status(agent, epoch, Optional.empty());
  }

  public boolean online() {
    return capabilities.isPresent();
  }
}
