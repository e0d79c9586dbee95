/** The one evaluator: prices any plan under any observation in seconds and joules. */
@NullMarked
package io.cleave.policies.cost;

import org.jspecify.annotations.NullMarked;
