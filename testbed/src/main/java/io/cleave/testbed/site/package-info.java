/** Experiments with many devices that share servers: who is best served by whom. */
@NullMarked
package io.cleave.testbed.site;

import org.jspecify.annotations.NullMarked;
