/** How what agents and controller tell each other travels. */
@NullMarked
package io.cleave.transport;

import org.jspecify.annotations.NullMarked;
