/**
 * Recorded networks: capacity in each direction over time, read from many formats, replayed
 * exactly.
 */
@NullMarked
package io.cleave.traces;

import org.jspecify.annotations.NullMarked;
