/** Worlds that run one scenario under one planner and say what became of every frame. */
@NullMarked
package io.cleave.testbed.world;

import org.jspecify.annotations.NullMarked;
