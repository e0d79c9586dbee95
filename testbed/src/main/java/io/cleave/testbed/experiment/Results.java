package io.cleave.testbed.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The figures of all cells of an experiment, in its order. One thread fills it. */
final class Results {
  /** One model over one trace. */
  record Course(String model, String trace) {}

  /** One cell but for its planner. */
  private record Setup(Course course, long seed) {}

  private final String oracle;
  private final Set<String> planners = new LinkedHashSet<>();
  private final Map<Setup, Map<String, CellFigures>> figures = new LinkedHashMap<>();

  /**
   * @param oracle the planner that all are measured against
   */
  Results(String oracle) {
    this.oracle = oracle;
  }

  void add(Course course, String planner, long seed, CellFigures cell) {
    planners.add(planner);
    figures
        .computeIfAbsent(new Setup(course, seed), setup -> new LinkedHashMap<>())
        .put(planner, cell);
  }

  List<Course> courses() {
    return figures.keySet().stream().map(Setup::course).distinct().toList();
  }

  List<String> planners() {
    return List.copyOf(planners);
  }

  /** A planner's cells on one course beside the oracle's, one a seed. */
  List<Compared> seeds(Course course, String planner) {
    List<Compared> cells = new ArrayList<>();
    figures.forEach(
        (setup, byPlanner) -> {
          if (setup.course().equals(course)) {
            cells.add(compared(byPlanner, planner));
          }
        });
    return cells;
  }

  /** A planner's cells in which the best plan changes at least once, beside the oracle's. */
  List<Compared> changing(String planner) {
    return figures.values().stream()
        .map(byPlanner -> compared(byPlanner, planner))
        .filter(cell -> cell.oracle().switches() > 0)
        .toList();
  }

  private Compared compared(Map<String, CellFigures> byPlanner, String planner) {
    return new Compared(figure(byPlanner, planner), figure(byPlanner, oracle));
  }

  private static CellFigures figure(Map<String, CellFigures> byPlanner, String planner) {
    return Optional.ofNullable(byPlanner.get(planner))
        .orElseThrow(
            () -> new IllegalStateException("A cell of " + planner + " has not been run."));
  }

  /** A cell beside the oracle's on the same model, trace and seed. */
  record Compared(CellFigures own, CellFigures oracle) {
    double of(Measure measure) {
      return measure.of(own, oracle);
    }

    /** A measure of several cells; those of which it is not known are left out. */
    static Sample sample(List<Compared> cells, Measure measure) {
      Sample sample = new Sample();
      cells.stream()
          .mapToDouble(cell -> cell.of(measure))
          .filter(value -> !Double.isNaN(value))
          .forEach(sample::add);
      return sample;
    }
  }
}
