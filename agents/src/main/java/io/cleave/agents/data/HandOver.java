package io.cleave.agents.data;

/**
 * What one machine hands another, of those that make a tensor round by round.
 *
 * @param round after which
 * @param from place of the machine that made it
 * @param to place of the machine whose next piece reads it
 */
public record HandOver(int round, int from, int to) {
  public HandOver {
    if (round < 0 || from < 0 || to < 0 || from == to) {
      throw new IllegalArgumentException(
          "One machine hands another something after round 0 or a later one, not %d to %d after %d."
              .formatted(from, to, round));
    }
  }
}
