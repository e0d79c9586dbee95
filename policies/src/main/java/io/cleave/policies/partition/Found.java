package io.cleave.policies.partition;

import io.cleave.policies.plan.Plan;

/** A way with what it takes and how good that is. */
record Found(Plan plan, Expense expense, Aim.Standing standing) {
  Route route(Aim aim, boolean proven) {
    return standing.excess() == 0
        ? new Route.Within(plan, expense, proven)
        : new Route.Nearest(plan, expense, proven, standing.excess(), aim.limits().broken(expense));
  }
}
