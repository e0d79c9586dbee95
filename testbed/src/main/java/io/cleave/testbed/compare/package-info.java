/** The simulated and the real run of one experiment side by side, and what is between them. */
@NullMarked
package io.cleave.testbed.compare;

import org.jspecify.annotations.NullMarked;
