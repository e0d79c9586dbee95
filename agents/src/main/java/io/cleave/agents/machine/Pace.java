package io.cleave.agents.machine;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
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
  public static final Pace NONE = new Pace(Optional.empty(), 1);

  private final Optional<LayerProfile> profile;
  private final double times;
  private final Map<DnnGraph, LayerTimes> byGraph = new ConcurrentHashMap<>();

  private Pace(Optional<LayerProfile> profile, double times) {
    this.profile = profile;
    this.times = times;
  }

  /**
   * Like the machine of a profile.
   *
   * @param times as long as that one takes; other than 1 for a machine that is not what it says
   */
  public static Pace of(LayerProfile profile, double times) {
    return new Pace(Optional.of(profile), times);
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
            times * step.seconds(graph, byGraph.computeIfAbsent(graph, profile.get()::times)));
  }
}
