package io.cleave.agents.machine;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something for the machine to do.
 *
 * @param arrivalNanos when the frame or request that it belongs to came in, on the machine's clock;
 *     the oldest goes first
 * @param choice what to run, asked for when the work begins and not before
 * @param known what to run, if that is fixed already
 * @param startWithinSeconds of being handed in; later it is dropped. Infinite if it can wait
 */
public record Work(
    long arrivalNanos,
    Supplier<SliceRun> choice,
    Optional<SliceRun> known,
    double startWithinSeconds) {
  public Work {
    if (!(startWithinSeconds >= 0)) {
      throw new IllegalArgumentException(
          "Work must begin within at least 0 s, or infinite for any time, not %s."
              .formatted(startWithinSeconds));
    }
  }

  /** A stage of a frame, the rest of one as a hedge, or what another machine asks for. */
  public static Work of(long arrivalNanos, SliceRun run) {
    return new Work(arrivalNanos, () -> run, Optional.of(run), Double.POSITIVE_INFINITY);
  }

  /**
   * A frame that is to be started. How it is run is decided when the machine is free for it, by
   * what is known then. Until then it does not count as queue: it could still go elsewhere.
   *
   * @param choice called on the machine's thread, so it must be quick
   */
  public static Work chosenAtStart(long arrivalNanos, Supplier<SliceRun> choice) {
    return new Work(arrivalNanos, choice, Optional.empty(), Double.POSITIVE_INFINITY);
  }

  /** The same, to be dropped if it has not begun after so long. */
  public Work startingWithin(double seconds) {
    return new Work(arrivalNanos, choice, known, seconds);
  }
}
