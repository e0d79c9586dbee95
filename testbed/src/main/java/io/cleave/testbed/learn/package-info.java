/** Trains and judges the learned policy: worlds to practise in, and who is compared. */
@NullMarked
package io.cleave.testbed.learn;

import org.jspecify.annotations.NullMarked;
