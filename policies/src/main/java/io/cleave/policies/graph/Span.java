package io.cleave.policies.graph;

/**
 * Neighbouring places on an axis: rows, columns or neurons.
 *
 * @param from the first, at least 0
 * @param to the one behind the last, above {@code from}
 */
public record Span(long from, long to) {
  public Span {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "A span starts at 0 or above and holds at least one place, not %d to %d."
              .formatted(from, to));
    }
  }

  /** All of an axis of this length. */
  public static Span whole(long length) {
    return new Span(0, length);
  }

  public long length() {
    return to - from;
  }

  /** True if both have a place in common. */
  public boolean meets(Span other) {
    return from < other.to && other.from < to;
  }

  /**
   * The places that another has, too.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Span within(Span other) {
    return new Span(Math.max(from, other.from), Math.min(to, other.to));
  }

  /** As people write it: {@code 3-7}, both included. */
  @Override
  public String toString() {
    return from + "-" + (to - 1);
  }
}
