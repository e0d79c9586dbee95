/** Test data that several packages share. */
@NullMarked
package io.cleave.policies;

import org.jspecify.annotations.NullMarked;
