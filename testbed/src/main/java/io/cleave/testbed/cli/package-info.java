/** The commands that people type. */
@NullMarked
package io.cleave.testbed.cli;

import org.jspecify.annotations.NullMarked;
