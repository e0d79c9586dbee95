package io.cleave.policies.partition;

import io.cleave.policies.plan.Plan;

/** A way with what it takes and how good that is. */
record Found(Plan plan, Toll toll, Aim.Standing standing) {
  Route route(Aim aim, boolean proven) {
    return standing.excess() == 0
        ? new Route.Within(plan, toll, proven)
        : new Route.Nearest(plan, toll, proven, standing.excess(), aim.limits().broken(toll));
  }
}
