package io.cleave.policies.control;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the layers of each network take on one machine: its profile, corrected and loaded. */
final class MachineTimes {
  private final LayerProfile profile;
  private final Calibration calibration = new Calibration();
  private final Map<String, Loaded> byGraph = new HashMap<>(); // looked up only, never listed

  MachineTimes(LayerProfile profile) {
    this.profile = profile;
  }

  /** The machine will be asked for this network. */
  void add(DnnGraph graph) {
    byGraph.computeIfAbsent(graph.name(), name -> new Loaded(profile.times(graph)));
  }

  /** Times of a network that was added, at a reported slowdown. */
  LayerTimes times(DnnGraph graph, double slowdown) {
    return loaded(graph.name())
        .map(loaded -> loaded.at(slowdown * calibration.factor()))
        .orElseThrow(() -> new IllegalStateException("Never heard of " + graph.name() + "."));
  }

  /** Compares measured runs with the profile; runs of unknown networks or layers say nothing. */
  void learn(Report report) {
    for (RunReport run : report.runs()) {
      loaded(run.graph())
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

  private Optional<Loaded> loaded(String graph) {
    return Optional.ofNullable(byGraph.get(graph));
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
