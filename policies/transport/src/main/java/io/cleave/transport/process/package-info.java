/** The life of a process that was started by another. */
@NullMarked
package io.cleave.transport.process;

import org.jspecify.annotations.NullMarked;
