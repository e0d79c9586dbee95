/** The testbed: worlds, experiments, reports and the command line. */
@NullMarked
package io.cleave.testbed;

import org.jspecify.annotations.NullMarked;
