/** Leaving a network early: at which exit, and how sure it must be. */
@NullMarked
package io.cleave.policies.exits;

import org.jspecify.annotations.NullMarked;
