/** The links of a device: one to each server, with what crosses it and what is known of it. */
@NullMarked
package io.cleave.agents.link;

import org.jspecify.annotations.NullMarked;
