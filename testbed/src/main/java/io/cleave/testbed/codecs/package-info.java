/** What codecs do to bytes and answers of trained networks, and networks that learn to bear it. */
@NullMarked
package io.cleave.testbed.codecs;

import org.jspecify.annotations.NullMarked;
