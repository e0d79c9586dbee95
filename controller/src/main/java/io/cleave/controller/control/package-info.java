/** The control loop alive: one thread, a bounded inbox, who is there, what is sent. */
@NullMarked
package io.cleave.controller.control;

import org.jspecify.annotations.NullMarked;
