/** What agents and the controller tell each other: records only, with units in their names. */
@NullMarked
package io.cleave.policies.wire;

import org.jspecify.annotations.NullMarked;
