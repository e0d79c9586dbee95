/** Networks with exits as files: what each exit answers, measured on labelled images. */
@NullMarked
package io.cleave.testbed.exits;

import org.jspecify.annotations.NullMarked;
