/** The live loop without threads, broker or clock. */
@NullMarked
package io.cleave.controller.api;

import org.jspecify.annotations.NullMarked;
