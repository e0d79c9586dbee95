/**
 * What may be wanted of a plan besides speed, and the plans that no other one beats in all of it.
 */
@NullMarked
package io.cleave.policies.front;

import org.jspecify.annotations.NullMarked;
