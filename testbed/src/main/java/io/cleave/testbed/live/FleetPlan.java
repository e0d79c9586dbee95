package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.world.Scenario;
import java.nio.file.Path;
import java.util.List;

/**
 * Who is started for one cell.
 *
 * @param experiment that the cell is of
 * @param cell network, trace, planner and seed
 * @param scenario the same with demand and reports
 * @param settings of the world
 * @param folders where files go
 */
record FleetPlan(
    Experiment experiment, Cell cell, Scenario scenario, LocalSettings settings, Folders folders) {
  /**
   * @param logs of every program
   * @param state what agents and controller keep; thrown away afterwards
   */
  record Folders(Path logs, Path state) {
    /** What the device writes down of its frames; kept beside the logs. */
    Path framesFile() {
      return logs.resolve("agent-frames.csv");
    }
  }

  Experiment.Node device() {
    return experiment.site().device();
  }

  /** The servers' names, by node number minus one. */
  List<String> servers() {
    return experiment.site().servers().stream().map(server -> server.machine().name()).toList();
  }

  /** A site of its own, so that worlds at one broker do not meet. */
  String site() {
    return experiment.name();
  }
}
