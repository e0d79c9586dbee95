/** Planners that choose among a network's exits, and how others plan for such networks. */
@NullMarked
package io.cleave.policies.exits;

import org.jspecify.annotations.NullMarked;
