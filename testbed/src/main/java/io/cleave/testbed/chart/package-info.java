/** Draws recordings: as a picture that needs no network, and as text for the terminal. */
@NullMarked
package io.cleave.testbed.chart;

import org.jspecify.annotations.NullMarked;
