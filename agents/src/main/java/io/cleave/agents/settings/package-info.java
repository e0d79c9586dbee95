/** What a person tells an agent: its configuration, checked and typed. */
@NullMarked
package io.cleave.agents.settings;

import org.jspecify.annotations.NullMarked;
