package io.cleave.policies.wire;

import io.cleave.policies.plan.Demand;
import java.util.Optional;

/**
 * What an agent says of itself at birth.
 *
 * @param deviceClass id of a {@link io.cleave.policies.profile.DeviceClass}: its speed and power
 *     until measured
 * @param paced true if the agent holds its results until the class would have them
 * @param device what it wants done; absent unless it has frames
 * @param dataAddress {@code host:port} of its data plane; absent unless it serves others
 */
public record Capabilities(
    String deviceClass, boolean paced, Optional<Wish> device, Optional<String> dataAddress) {
  /** The role of a device: frames of this network, with this demand. */
  public record Wish(ModelReference model, Demand demand) {}

  public Capabilities {
    if (device.isEmpty() && dataAddress.isEmpty()) {
      throw new IllegalArgumentException(
          "An agent must have frames, or serve others, or both. This one says neither.");
    }
  }
}
