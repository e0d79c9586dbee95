/** Tensors on their way between machines: values, and the forms in which they cross a link. */
@NullMarked
package io.cleave.transport.tensor;

import org.jspecify.annotations.NullMarked;
