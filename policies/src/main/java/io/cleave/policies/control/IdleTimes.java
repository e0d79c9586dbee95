package io.cleave.policies.control;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.profile.LayerTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Unloaded layer times, worked out once for each pair of profile and network and shared by all
 * machines of a kind. Networks count as the same by identity, and are forgotten when nobody else
 * holds them.
 */
public final class IdleTimes {
  private final Map<DnnGraph, Map<LayerProfile, LayerTimes>> known = new WeakHashMap<>();

  /** What each layer takes on an unloaded machine of this profile. */
  public LayerTimes of(LayerProfile profile, DnnGraph graph) {
    return known
        .computeIfAbsent(graph, g -> new HashMap<>())
        .computeIfAbsent(profile, p -> p.times(graph));
  }
}
