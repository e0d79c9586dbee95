/** Frames from any program: {@code POST /infer}. */
@NullMarked
package io.cleave.agents.infer;

import org.jspecify.annotations.NullMarked;
