/** What a person who mistyped a name may have meant. */
@NullMarked
package io.cleave.policies.spelling;

import org.jspecify.annotations.NullMarked;
