package io.cleave.testbed.world;

/**
 * How the controller learns of the world and the world of the controller.
 *
 * @param intervalSeconds between two reports of an agent, above 0
 * @param delaySeconds that a report or a decision is on its way, at least 0
 */
public record Reporting(double intervalSeconds, double delaySeconds) {
  public Reporting {
    if (!(intervalSeconds > 0) || !(delaySeconds >= 0)) {
      throw new IllegalArgumentException(
          "Reports need an interval above 0 s and a delay of at least 0 s, not %s and %s."
              .formatted(intervalSeconds, delaySeconds));
    }
  }
}
