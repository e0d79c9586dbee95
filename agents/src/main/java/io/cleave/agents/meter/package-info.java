/** What the machine itself says that it has drawn. */
@NullMarked
package io.cleave.agents.meter;

import org.jspecify.annotations.NullMarked;
