/** Times contiguous segments of a network on this machine, and keeps what was measured. */
@NullMarked
package io.cleave.testbed.measure;

import org.jspecify.annotations.NullMarked;
