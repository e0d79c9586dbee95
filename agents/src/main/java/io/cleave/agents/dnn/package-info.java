/** Models by the hash of their content, and slices of them that run. */
@NullMarked
package io.cleave.agents.dnn;

import org.jspecify.annotations.NullMarked;
