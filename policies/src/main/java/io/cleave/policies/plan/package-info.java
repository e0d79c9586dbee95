/** What is seen (Observation), what is decided (Plan, PlanTable), and who decides (Planner). */
@NullMarked
package io.cleave.policies.plan;

import org.jspecify.annotations.NullMarked;
