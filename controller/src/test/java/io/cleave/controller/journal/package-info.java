/** The journal in real databases. */
@NullMarked
package io.cleave.controller.journal;

import org.jspecify.annotations.NullMarked;
