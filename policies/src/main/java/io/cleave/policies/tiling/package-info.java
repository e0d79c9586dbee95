/** Pieces smaller than a layer: which machine makes which part of which layers. */
@NullMarked
package io.cleave.policies.tiling;

import org.jspecify.annotations.NullMarked;
