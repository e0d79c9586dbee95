/** A neural network as an immutable directed acyclic graph of layers and tensors, and its cuts. */
@NullMarked
package io.cleave.policies.graph;

import org.jspecify.annotations.NullMarked;
