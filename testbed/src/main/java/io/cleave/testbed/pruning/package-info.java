/** Trained networks that lose filters: step by step, with training in between, and measured. */
@NullMarked
package io.cleave.testbed.pruning;

import org.jspecify.annotations.NullMarked;
