package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.control.SwitchRule;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SimulatedWorld;

/**
 * Runs cells in the simulated world; any number of threads may.
 *
 * @param catalog of planners
 * @param rule when the plan is changed
 */
public record SimulatedCells(PlannerCatalog catalog, SwitchRule rule) implements World {
  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public void run(Cell cell, Scenario scenario, FrameSink sink) {
    new SimulatedWorld()
        .run(scenario, new CellPlanner(catalog, cell.planner()), rule, cell.seed(), sink);
  }
}
