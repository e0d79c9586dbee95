/** The local world: the real controller and real agents as processes of this machine. */
@NullMarked
package io.cleave.testbed.live;

import org.jspecify.annotations.NullMarked;
