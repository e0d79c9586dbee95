/** How fast the planners decide: JMH benchmarks, what they should reach, and their table. */
@NullMarked
package io.cleave.testbed.bench;

import org.jspecify.annotations.NullMarked;
