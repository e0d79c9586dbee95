/** Planners that place layers on two sides: min cuts, block by block, and all rates at once. */
@NullMarked
package io.cleave.policies.partition;

import org.jspecify.annotations.NullMarked;
