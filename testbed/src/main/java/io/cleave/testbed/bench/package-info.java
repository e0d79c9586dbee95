/**
 * How fast planners decide and how fast the simulated world runs, against what they should reach.
 */
@NullMarked
package io.cleave.testbed.bench;

import org.jspecify.annotations.NullMarked;
