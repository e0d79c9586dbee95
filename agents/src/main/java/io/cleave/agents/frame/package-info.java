/**
 * Frames on their way: looked up in the plan in force, run stage by stage over device, links and
 * servers, hedged, and always answered.
 */
@NullMarked
package io.cleave.agents.frame;

import org.jspecify.annotations.NullMarked;
