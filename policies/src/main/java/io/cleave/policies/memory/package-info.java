/** How many bytes of memory a plan needs on each machine, and plans that fit. */
@NullMarked
package io.cleave.policies.memory;

import org.jspecify.annotations.NullMarked;
