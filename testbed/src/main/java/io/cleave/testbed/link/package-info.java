/** The link emulator: a relay for TCP that carries what a recorded network would have carried. */
@NullMarked
package io.cleave.testbed.link;

import org.jspecify.annotations.NullMarked;
