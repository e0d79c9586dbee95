package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.plan.Demand;
import io.cleave.traces.Trace;

/**
 * One run: this network over this trace under this planner with this seed.
 *
 * @param course the trace's name, and in how much time, if the experiment asks for several
 */
public record Cell(
    Network network, Trace trace, String course, Demand demand, PlannerSpec planner, long seed) {}
