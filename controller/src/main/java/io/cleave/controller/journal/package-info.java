/** Everything that went into the loop and came out of it, in a database. */
@NullMarked
package io.cleave.controller.journal;

import org.jspecify.annotations.NullMarked;
