package io.cleave.testbed.experiment;

import io.cleave.policies.plan.Demand;
import io.cleave.testbed.experiment.EnergyFront.Point;
import io.cleave.testbed.experiment.Results.Compared;
import io.cleave.testbed.experiment.Results.Course;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment that weighs energy in several ways, seen planner by planner.
 *
 * @param cells one for each network, trace and deadline: the points of each planner, one a weight
 */
record EnergyFronts(List<Plane> cells) {
  /** Figures are means of few seeds: what is closer than this counts as equal. */
  static final double SLACK = 1e-3;

  /**
   * A network and a trace.
   *
   * @param points by planner, in the experiment's order; the clairvoyant one is not among them
   */
  record Plane(String model, String trace, Map<String, List<Point>> points) {
    EnergyFront front(String planner) {
      return EnergyFront.of(points.getOrDefault(planner, List.of()));
    }

    /**
     * The planner that is best by whoever beats this point; the first in the experiment's order.
     */
    Optional<String> beater(Point point) {
      return points.entrySet().stream()
          .filter(entry -> entry.getValue().stream().anyMatch(other -> other.beats(point)))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  EnergyFronts {
    cells = List.copyOf(cells);
  }

  static EnergyFronts of(Experiment experiment, Results results, String oracle) {
    Map<List<Object>, Plane> cells = new LinkedHashMap<>();
    for (Cell run : experiment.cells()) {
      String planner = run.planner().toString();
      if (run.seed() == 1 && !planner.equals(oracle)) {
        Demand demand = run.demand();
        String model = run.network().name();
        Course course = new Course(model, run.course());
        cells
            .computeIfAbsent(
                List.of(model, run.trace().name(), demand.deadlineSeconds()),
                any -> new Plane(model, run.trace().name(), new LinkedHashMap<>()))
            .points()
            .computeIfAbsent(planner, any -> new ArrayList<>())
            .add(point(experiment.energyWeight(demand), results.seeds(course, planner)));
      }
    }
    return new EnergyFronts(List.copyOf(cells.values()));
  }

  private static Point point(double weight, List<Compared> seeds) {
    return new Point(
        weight,
        Compared.sample(seeds, Measure.MEAN).mean(),
        Compared.sample(seeds, Measure.ENERGY).mean(),
        Compared.sample(seeds, Measure.HEDGE_ENERGY).mean());
  }

  /** In how many cells one planner's front is on or below another's, or everybody's. */
  long reached(String planner, List<String> others) {
    return cells.stream()
        .filter(
            cell ->
                others.stream()
                    .allMatch(other -> cell.front(planner).reaches(cell.front(other), SLACK)))
        .count();
  }
}
