package io.cleave.policies.wire;

import java.util.OptionalDouble;

/**
 * How an agent's machine is, for people.
 *
 * @param cpuLoad share of all processors in use, in [0, 1]
 * @param freeMemoryBytes available to new work, at least 0
 * @param batteryFraction charge in [0, 1]; absent where there is no battery
 */
public record MachineReport(double cpuLoad, long freeMemoryBytes, OptionalDouble batteryFraction) {
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
