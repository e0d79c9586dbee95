/** Published set-ups rebuilt from their papers' figures, laid beside what the papers report. */
@NullMarked
package io.cleave.testbed.reproduce;

import org.jspecify.annotations.NullMarked;
