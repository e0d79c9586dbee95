/**
 * From reports to decisions and back to frames: the loop that plans, the rule that says when to
 * switch, and, on the agent's side, the estimate of the link and the plan in force.
 */
@NullMarked
package io.cleave.policies.control;

import org.jspecify.annotations.NullMarked;
