/** Tensors as values, and the forms in which they travel. */
@NullMarked
package io.cleave.transport.tensor;

import org.jspecify.annotations.NullMarked;
