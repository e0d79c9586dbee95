/** Pieces smaller than a layer: how large a share each machine gets, of which runs of layers. */
@NullMarked
package io.cleave.policies.shares;

import org.jspecify.annotations.NullMarked;
