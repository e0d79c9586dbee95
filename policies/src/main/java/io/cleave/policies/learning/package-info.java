/** What is learned from data, by DJL's PyTorch engine; the only place of this module with DJL. */
@NullMarked
package io.cleave.policies.learning;

import org.jspecify.annotations.NullMarked;
