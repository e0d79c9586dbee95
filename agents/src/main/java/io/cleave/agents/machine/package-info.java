/** The machine that an agent computes on: one run at a time, at the pace of a device class. */
@NullMarked
package io.cleave.agents.machine;

import org.jspecify.annotations.NullMarked;
