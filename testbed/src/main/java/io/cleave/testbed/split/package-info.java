/** One training step across a cut, in two processes: forward there, slopes back. */
@NullMarked
package io.cleave.testbed.split;

import org.jspecify.annotations.NullMarked;
