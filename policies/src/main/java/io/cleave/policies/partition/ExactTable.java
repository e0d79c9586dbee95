package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;

/** The best cut towards one server for every uplink rate at once; see {@link ExactTables}. */
public final class ExactTable {
  private ExactTable() {}

  /**
   * All best plans and the rates at which they change, from the fastest link to local. Prepares the
   * network anew; who decides often keeps an {@link ExactTables}.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}, at least 1
   */
  public static PlanTable of(Observation observation, int node) {
    return new ExactTables().table(observation, node);
  }
}
