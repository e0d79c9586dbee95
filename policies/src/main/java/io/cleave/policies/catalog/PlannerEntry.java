package io.cleave.policies.catalog;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.plan.Planner;
import java.util.List;

/**
 * One planner of the catalogue.
 *
 * @param name family and method: {@code partition.ChainSplit}
 * @param alias what people call it: {@code neurosurgeon}
 * @param origin who thought of it, which decides how results are read
 * @param options all that can be set
 * @param byFrame true if it is asked at the start of every frame, on the device: a controller
 *     cannot follow it, only a simulation can
 * @param maker builds one
 */
public record PlannerEntry(
    String name, String alias, Origin origin, List<Option> options, boolean byFrame, Maker maker) {
  /** One that a controller can follow. */
  public PlannerEntry(String name, String alias, Origin origin, List<Option> options, Maker maker) {
    this(name, alias, origin, options, false, maker);
  }

  public PlannerEntry {
    options = List.copyOf(options);
  }

  /** Where a planner comes from. */
  public enum Origin {
    /** A yardstick: all local, all remote. */
    BASELINE,
    /** A yardstick that knows the future and so runs only in a testbed. */
    CLAIRVOYANT,
    /** A published method, run as published. */
    PUBLISHED,
    /** Ours. */
    OWN
  }

  /** Builds a planner from its options; only a clairvoyant one may use the forecast. */
  @FunctionalInterface
  public interface Maker {
    Planner make(Options options, Forecast forecast);
  }
}
