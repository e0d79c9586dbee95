package io.cleave.policies.control;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** What the layers of each network take on one machine: its profile, corrected and loaded. */
final class MachineTimes {
  private final LayerProfile profile;
  private final IdleTimes idle;
  private final Calibration calibration = new Calibration();
  private final Map<DnnGraph, Loaded> byGraph = new WeakHashMap<>(); // by identity

  MachineTimes(LayerProfile profile, IdleTimes idle) {
    this.profile = profile;
    this.idle = idle;
  }

  LayerProfile profile() {
    return profile;
  }

  /** The machine will be asked for this network. */
  void add(DnnGraph graph) {
    loaded(graph);
  }

  /** Times of a network at a reported slowdown. */
  LayerTimes times(DnnGraph graph, double slowdown) {
    return loaded(graph).at(slowdown * calibration.factor());
  }

  /**
   * Compares measured runs with the profile; runs of unknown networks or layers say nothing, nor do
   * those of a name that two networks have.
   */
  void learn(Report report) {
    for (RunReport run : report.runs()) {
      named(run.graph())
          .filter(known -> run.layers().stream().allMatch(layer -> layer < known.idle.size()))
          .ifPresent(
              known ->
                  calibration.add(
                      report.stamp(),
                      run.seconds(),
                      known.idle.run(run.layers()) * report.load().slowdown()));
    }
  }

  double factor() {
    return calibration.factor();
  }

  private Loaded loaded(DnnGraph graph) {
    return byGraph.computeIfAbsent(graph, g -> new Loaded(idle.of(profile, g)));
  }

  private Optional<Loaded> named(String name) {
    List<Loaded> those =
        byGraph.entrySet().stream()
            .filter(entry -> entry.getKey().name().equals(name))
            .map(Map.Entry::getValue)
            .toList();
    return those.size() == 1 ? Optional.of(those.get(0)) : Optional.empty();
  }

  /** Remembers the last scaling, since loads repeat. */
  private static final class Loaded {
    final LayerTimes idle;
    private double factor = 1;
    private LayerTimes scaled;

    Loaded(LayerTimes idle) {
      this.idle = idle;
      this.scaled = idle;
    }

    LayerTimes at(double newFactor) {
      if (newFactor != factor) {
        factor = newFactor;
        scaled = newFactor == 1 ? idle : idle.scaled(newFactor);
      }
      return scaled;
    }
  }
}
