/**
 * Settings files: YAML read into a tree that knows its line numbers, so that errors can say them.
 */
@NullMarked
package io.cleave.testbed.settings;

import org.jspecify.annotations.NullMarked;
