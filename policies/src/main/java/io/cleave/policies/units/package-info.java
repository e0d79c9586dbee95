/** Quantities whose confusion is the field's classic bug: link rates in bits, memory in bytes. */
@NullMarked
package io.cleave.policies.units;

import org.jspecify.annotations.NullMarked;
