package io.cleave.agents.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an agent's own frames come from, besides those that others post to it.
 *
 * @param source none, a seeded generator, a folder of images, or labelled images
 * @param arrivals how they come in
 * @param seed of their times and values
 * @param start from which times of arrival count; absent: when the agent is ready
 * @param during which frames arrive; absent: for ever
 */
public record FrameSettings(
    Source source,
    Arrivals arrivals,
    long seed,
    Optional<Instant> start,
    Optional<Duration> during) {
  /** What makes the frames. */
  public sealed interface Source {}

  /** Nobody: only what is posted. */
  public record None() implements Source {}

  /** A generator of seeded values. */
  public record Seeded() implements Source {}

  /** The images of a folder, by name, over and over. */
  public record Directory(Path folder) implements Source {}

  /** The labelled images of a folder of IDX files, of the test set. */
  public record Labelled(Path folder, Order order) implements Source {}

  /** In which order labelled images come. */
  public enum Order {
    /** As in the file, over and over. */
    SEQUENTIAL,
    /** Drawn by seed and frame number. */
    SEEDED
  }
}
