/** Pieces smaller than a layer: what it takes to make some rows, columns or neurons of a run. */
@NullMarked
package io.cleave.policies.pieces;

import org.jspecify.annotations.NullMarked;
