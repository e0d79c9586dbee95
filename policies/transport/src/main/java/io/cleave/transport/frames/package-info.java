/** What is in the frames that a network sees: images, or seeded values. */
@NullMarked
package io.cleave.transport.frames;

import org.jspecify.annotations.NullMarked;
