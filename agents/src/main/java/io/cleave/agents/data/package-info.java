/** The data plane: slices that run at another machine, and the tensors that cross for them. */
@NullMarked
package io.cleave.agents.data;

import org.jspecify.annotations.NullMarked;
