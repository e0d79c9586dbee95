/** What an agent measures: its machine, and its links to servers. */
@NullMarked
package io.cleave.agents.probe;

import org.jspecify.annotations.NullMarked;
