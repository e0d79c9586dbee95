/** Planners that others are measured against: all local, all remote, and the one that knows. */
@NullMarked
package io.cleave.policies.baseline;

import org.jspecify.annotations.NullMarked;
