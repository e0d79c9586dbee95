/** Every planner by name, with its options; the only package that sees them all. */
@NullMarked
package io.cleave.policies.catalog;

import org.jspecify.annotations.NullMarked;
