/** What people and programs read of a site over HTTP, and the little that they can change. */
@NullMarked
package io.cleave.controller.api;

import org.jspecify.annotations.NullMarked;
