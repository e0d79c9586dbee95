/** Measures the project's own speed against its targets. */
@NullMarked
package io.cleave.testbed.bench;

import org.jspecify.annotations.NullMarked;
