package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.traces.Trace;

/** One run: this network over this trace under this planner with this seed. */
public record Cell(Network network, Trace trace, PlannerSpec planner, long seed) {}
