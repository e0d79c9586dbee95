package io.cleave.testbed.experiment;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.plan.Planner;
import io.cleave.testbed.world.PlannerFactory;

/** Makes the planner of a cell from the catalogue. */
public record CellPlanner(PlannerCatalog catalog, PlannerSpec spec) implements PlannerFactory {
  @Override
  public Planner make(Forecast forecast) {
    return byFrame() ? catalog.create(spec, forecast) : catalog.create(spec);
  }

  @Override
  public boolean byFrame() {
    return catalog.byFrame(spec);
  }
}
