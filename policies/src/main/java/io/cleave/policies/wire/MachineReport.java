package io.cleave.policies.wire;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an agent's machine is, for people.
 *
 * @param cpuLoad share of all processors in use, in [0, 1]
 * @param freeMemoryBytes available to new work, at least 0
 * @param batteryFraction charge in [0, 1]; absent where there is no battery
 * @param held what the agent itself holds; absent where nobody measures
 */
public record MachineReport(
    double cpuLoad, long freeMemoryBytes, OptionalDouble batteryFraction, Optional<Held> held) {
  /**
   * What an agent holds of its machine's memory. What the engine takes beside that is not seen.
   *
   * @param sliceBytes files of the slices that are ready now, weights and structure
   * @param peakTensorBytes most that the tensors of one run took since birth: all that came in or
   *     was made and handed on between slices; what lives within a slice is not seen
   */
  public record Held(long sliceBytes, long peakTensorBytes) {
    public Held {
      if (sliceBytes < 0 || peakTensorBytes < 0) {
        throw new IllegalArgumentException(
            "An agent holds at least 0 bytes, not %d of slices and %d of tensors."
                .formatted(sliceBytes, peakTensorBytes));
      }
    }
  }

  /** Of a machine of whose memory nobody knows what is held. */
  public MachineReport(double cpuLoad, long freeMemoryBytes, OptionalDouble batteryFraction) {
    this(cpuLoad, freeMemoryBytes, batteryFraction, Optional.empty());
  }

  /** The same, of which so much is held. */
  public MachineReport with(Held newHeld) {
    return new MachineReport(cpuLoad, freeMemoryBytes, batteryFraction, Optional.of(newHeld));
  }

  public MachineReport {
    share("processor load", cpuLoad);
    batteryFraction.ifPresent(charge -> share("battery charge", charge));
    if (freeMemoryBytes < 0) {
      throw new IllegalArgumentException(
          "Free memory must be at least 0 bytes, not %d.".formatted(freeMemoryBytes));
    }
  }

  private static void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "A %s must be in 0..1, not %s. Maybe it was sent in per cent.".formatted(what, value));
    }
  }
}
