/** The agent's one thread: everything about frames happens on it, in order. */
@NullMarked
package io.cleave.agents.loop;

import org.jspecify.annotations.NullMarked;
