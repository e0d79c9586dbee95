/** The recordings that a person has: those built in, those imported, and files. */
@NullMarked
package io.cleave.testbed.tracestore;

import org.jspecify.annotations.NullMarked;
