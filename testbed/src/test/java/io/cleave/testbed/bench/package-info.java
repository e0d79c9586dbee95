/** The benchmarks compare like with like and say so rightly. */
@NullMarked
package io.cleave.testbed.bench;

import org.jspecify.annotations.NullMarked;
