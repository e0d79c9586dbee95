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
 * @param server what it offers; absent unless it serves others
 */
public record Capabilities(
    String deviceClass, boolean paced, Optional<Wish> device, Optional<Serving> server) {
  /** The role of a device: frames of this network, with this demand. */
  public record Wish(ModelReference model, Demand demand) {}

  /**
   * The role of a server.
   *
   * @param dataAddress {@code host:port} of its data plane
   * @param capacity how much it takes
   */
  public record Serving(String dataAddress, Capacity capacity) {
    /** One that takes whatever comes. */
    public Serving(String dataAddress) {
      this(dataAddress, Capacity.ANY);
    }
  }

  public Capabilities {
    if (device.isEmpty() && server.isEmpty()) {
      throw new IllegalArgumentException(
          "An agent must have frames, or serve others, or both. This one says neither.");
    }
  }

  /** {@code host:port} of its data plane; absent unless it serves others. */
  public Optional<String> dataAddress() {
    return server.map(Serving::dataAddress);
  }
}
