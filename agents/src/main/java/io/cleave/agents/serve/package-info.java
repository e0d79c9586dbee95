/** The role of a server: runs slices of networks for devices. */
@NullMarked
package io.cleave.agents.serve;

import org.jspecify.annotations.NullMarked;
