/** The JSON of the messages between agents and controller: written and read strictly, by hand. */
@NullMarked
package io.cleave.transport.json;

import org.jspecify.annotations.NullMarked;
