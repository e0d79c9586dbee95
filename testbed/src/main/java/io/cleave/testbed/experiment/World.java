package io.cleave.testbed.experiment;

import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;

/** Where the cells of an experiment are run: in virtual time, or with real processes. */
public interface World {
  /** As result files name it: {@code simulated}, {@code local}, {@code containers}. */
  String name();

  /**
   * Runs one cell to its end.
   *
   * @param cell network, trace, planner and seed
   * @param scenario the same with the experiment's machines and demand
   * @param sink takes every frame, in the order of the answers
   */
  void run(Cell cell, Scenario scenario, FrameSink sink);
}
