/** Where frames come from: when they come in, and what is in them. */
@NullMarked
package io.cleave.agents.source;

import org.jspecify.annotations.NullMarked;
