package io.cleave.agents.machine;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.profile.LayerTimes;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast a machine seems to be: as it is, or like the machine of a profile. A run that is through
 * earlier is held until the profile's time has passed; one that takes longer cannot be sped up and
 * counts as an overrun.
 */
public final class Pace {
  /** As fast as it goes. */
  public static final Pace NONE = new Pace(Optional.empty());

  private final Optional<LayerProfile> profile;
  private final Map<DnnGraph, LayerTimes> times = new ConcurrentHashMap<>();

  private Pace(Optional<LayerProfile> profile) {
    this.profile = profile;
  }

  /** Like the machine of this profile. */
  public static Pace of(LayerProfile profile) {
    return new Pace(Optional.of(profile));
  }

  /** Whether runs are held at all. */
  public boolean holds() {
    return profile.isPresent();
  }

  /** What a run of these layers shall take; empty if it takes what it takes. */
  public OptionalDouble seconds(DnnGraph graph, LayerSet layers) {
    return seconds(graph, Step.of(layers));
  }

  /** What a step shall take, a piece its share; empty if it takes what it takes. */
  public OptionalDouble seconds(DnnGraph graph, Step step) {
    return profile.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            seconds(graph, step, times.computeIfAbsent(graph, profile.get()::times)));
  }

  private static double seconds(DnnGraph graph, Step step, LayerTimes times) {
    return step.piece()
        .map(piece -> Footprint.of(graph, step.layers(), piece).seconds(times))
        .orElseGet(() -> times.run(step.layers()));
  }
}
