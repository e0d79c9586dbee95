/**
 * The first layers of a network on tiles that do without each other: what a tile answers, coded.
 */
@NullMarked
package io.cleave.policies.separable;

import org.jspecify.annotations.NullMarked;
