/** Networks whose tiles do without each other, on labelled images: trained, coded, and left out. */
@NullMarked
package io.cleave.testbed.tiles;

import org.jspecify.annotations.NullMarked;
