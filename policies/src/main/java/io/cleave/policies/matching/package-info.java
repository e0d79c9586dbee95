/** Who is served by whom at a site: assignments under contention, and their stability. */
@NullMarked
package io.cleave.policies.matching;

import org.jspecify.annotations.NullMarked;
