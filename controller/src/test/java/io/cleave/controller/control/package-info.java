/** The live loop without threads, broker or clock. */
@NullMarked
package io.cleave.controller.control;

import org.jspecify.annotations.NullMarked;
