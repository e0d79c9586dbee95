/** Experiments: a settings file becomes cells, cells become rows, rows become a run's folder. */
@NullMarked
package io.cleave.testbed.experiment;

import org.jspecify.annotations.NullMarked;
