/** What networks with exits answer to labelled images, and when an answer is sure enough. */
@NullMarked
package io.cleave.policies.answers;

import org.jspecify.annotations.NullMarked;
